import fs from 'node:fs';
import path from 'node:path';
import type { SettlementRecord } from '@ai-bridge/domain';

/** Where records go that Postgres will not take whatever is tried: kept for a person, never in the way of the others. */
export interface DeadLetters {
  /** How many there are, earlier lives' included. */
  readonly count: number;
  /** Keeps a record durably. @throws the file system's error */
  write(record: SettlementRecord, reason: unknown): void;
  /** Takes over those of another folder. @throws the file system's error; then they may stand in both */
  takeFrom(folder: string): void;
}

const fileName = 'dead-letters.jsonl';

/** Opens `dead-letters.jsonl` in the folder; the file is made with the first letter. */
export function openDeadLetters(folder: string): DeadLetters {
  const file = path.join(folder, fileName);
  let count = lettersOf(file).length;
  return {
    get count() {
      return count;
    },
    write(record, reason) {
      const { code, message } = reason as { code?: string; message?: string };
      append(file, [JSON.stringify({ at: new Date().toISOString(), code, message, record })]);
      count++;
    },
    takeFrom(other) {
      const otherFile = path.join(other, fileName);
      const letters = lettersOf(otherFile);
      if (letters.length === 0) return;
      append(file, letters);
      count += letters.length;
      fs.rmSync(otherFile);
    },
  };
}

function lettersOf(file: string): string[] {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
}

function append(file: string, letters: readonly string[]): void {
  const descriptor = fs.openSync(file, 'a', 0o600);
  try {
    fs.writeSync(descriptor, letters.map((letter) => `${letter}\n`).join(''));
    fs.fdatasyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}
