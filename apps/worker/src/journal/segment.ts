import fs from 'node:fs';
import path from 'node:path';

/** One file of the journal. Numbers ascend; a file is only ever written by the process that made it. */
export interface Segment {
  readonly path: string;
  readonly descriptor: number;
  /** Where the next bytes go. */
  position: number;
  /** The sequence of the last outcome in it. */
  lastSequence: number;
  /** Checkpoints in it that no later line of their request has replaced. */
  liveCheckpoints: number;
  /** Monotonic time of the first write; undefined before it. */
  writtenAtMs: number | undefined;
}

const namePattern = /^(\d{10})\.journal$/;

/** The folder's segments, oldest first. */
export function segmentPaths(folder: string): string[] {
  return fs
    .readdirSync(folder)
    .filter((name) => namePattern.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

/** The number after the newest segment's. */
export function nextSegmentNumber(paths: readonly string[]): number {
  const newest = paths.at(-1);
  return newest === undefined ? 1 : Number(namePattern.exec(path.basename(newest))?.[1]) + 1;
}

/**
 * Makes a segment filled with zeros, durable together with its name. Its space is taken beforehand so that a full disk
 * is met here and not by a record, and so that a synchronous write need not grow the file (which takes twice the time).
 * @throws the file system's error; nothing is left behind
 */
export async function prepareSegment(folder: string, number: number, bytes: number): Promise<Segment> {
  const file = path.join(folder, `${String(number).padStart(10, '0')}.journal`);
  const { O_CREAT, O_EXCL, O_WRONLY, O_DSYNC } = fs.constants;
  try {
    const handle = await fs.promises.open(file, O_CREAT | O_EXCL | O_WRONLY, 0o600);
    try {
      await writeZeros(handle, bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await syncFolder(folder);
    return {
      path: file,
      descriptor: fs.openSync(file, O_WRONLY | (O_DSYNC ?? fs.constants.O_SYNC ?? 0)),
      position: 0,
      lastSequence: 0,
      liveCheckpoints: 0,
      writtenAtMs: undefined,
    };
  } catch (error) {
    await fs.promises.rm(file, { force: true }).catch(() => {});
    throw error;
  }
}

const zeros = Buffer.alloc(256 * 1024);

async function writeZeros(handle: fs.promises.FileHandle, bytes: number): Promise<void> {
  for (let at = 0; at < bytes; ) {
    const { bytesWritten } = await handle.write(zeros, 0, Math.min(zeros.length, bytes - at), at);
    at += bytesWritten;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.promises.open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Writes the first `length` bytes behind what is there: at once, or in pieces where the system takes only part of it at a time. */
export function writeBytes(segment: Segment, bytes: Buffer, length: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let offset = 0;
    const next = () => {
      fs.write(segment.descriptor, bytes, offset, length - offset, segment.position, (error, written) => {
        if (error) return reject(error);
        offset += written;
        segment.position += written;
        if (offset < length) next();
        else resolve();
      });
    };
    next();
  });
}
