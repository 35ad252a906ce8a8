import fs from 'node:fs';
import { readLines } from './line.ts';

export interface JournalEntry {
  /** An outcome is how a request ended; a checkpoint how it would have, had the process died then. */
  readonly kind: 'outcome' | 'checkpoint';
  readonly requestId: string;
  /** The settlement record as it was written. */
  readonly json: string;
}

export interface JournalFile {
  readonly path: string;
  /** In the order they were written. */
  readonly entries: readonly JournalEntry[];
  /** Whole lines whose checksum does not fit or that say nothing known. */
  readonly bad: readonly Buffer[];
  /** Length of a tail that a crash cut short; such a line was never acknowledged. */
  readonly tornBytes: number;
}

/** Reads segments one after the other, in the order given (oldest first), so that memory holds one at a time. */
export function* readJournal(paths: readonly string[]): Generator<JournalFile> {
  for (const path of paths) {
    const { good, bad, tornBytes } = readLines(fs.readFileSync(path));
    const entries: JournalEntry[] = [];
    for (const json of good) {
      const entry = readEntry(json);
      if (entry) entries.push(entry);
      else bad.push(Buffer.from(json));
    }
    yield { path, entries, bad, tornBytes };
  }
}

function readEntry(json: string): JournalEntry | undefined {
  try {
    const { k: kind, requestId } = JSON.parse(json);
    if ((kind !== 'outcome' && kind !== 'checkpoint') || typeof requestId !== 'string') return undefined;
    return { kind, requestId, json };
  } catch {
    return undefined;
  }
}
