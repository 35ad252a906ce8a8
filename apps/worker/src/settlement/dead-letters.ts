import fs from 'node:fs';
import path from 'node:path';
import type { SettlementRecord } from '@ai-bridge/domain';

/** Where records go that Postgres will not take whatever is tried: kept for a person, never in the way of the others. */
export interface DeadLetters {
  /** How many there are, earlier lives' included. */
  readonly count: number;
  /** Keeps a record durably. @throws the file system's error */
  write(record: SettlementRecord, reason: unknown): void;
}

/** Opens `dead-letters.jsonl` in the folder; the file is made with the first letter. */
export function openDeadLetters(folder: string): DeadLetters {
  const file = path.join(folder, 'dead-letters.jsonl');
  let count = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').length - 1 : 0;
  return {
    get count() {
      return count;
    },
    write(record, reason) {
      const { code, message } = reason as { code?: string; message?: string };
      const letter = JSON.stringify({ at: new Date().toISOString(), code, message, record });
      const descriptor = fs.openSync(file, 'a', 0o600);
      try {
        fs.writeSync(descriptor, `${letter}\n`);
        fs.fdatasyncSync(descriptor);
      } finally {
        fs.closeSync(descriptor);
      }
      count++;
    },
  };
}
