import fs from 'node:fs';
import path from 'node:path';

/** A log grows to this size, then becomes <name>.log.1 and a new one begins. */
const maxLogBytes = 16 * 1024 * 1024;
/** How many of the last lines are kept in memory, to be shown when the process dies. */
const tailLines = 12;

export interface LogFile {
  write(line: string): void;
  /** The last lines written. */
  tail(): readonly string[];
  close(): void;
}

/** Opens a log to append to. Lines are written at once: a log that is lost when things break is worth nothing. */
export function openLogFile(file: string): LogFile {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  let descriptor = fs.openSync(file, 'a', 0o600);
  let bytes = fs.fstatSync(descriptor).size;
  const last: string[] = [];
  return {
    write(line) {
      last.push(line);
      if (last.length > tailLines) last.shift();
      if (bytes > maxLogBytes) {
        fs.closeSync(descriptor);
        fs.renameSync(file, `${file}.1`);
        descriptor = fs.openSync(file, 'a', 0o600);
        bytes = 0;
      }
      bytes += fs.writeSync(descriptor, `${line}\n`);
    },
    tail: () => last,
    close: () => fs.closeSync(descriptor),
  };
}
