import fs from 'node:fs';
import path from 'node:path';
import { releaseWorkerLeases } from '@ai-bridge/ledger';
import { recordedRequests } from '@ai-bridge/usage';
import { readJournal } from '../journal/index.ts';
import { readOutcomeLine } from './outcome.ts';
import { type SettleDeps, settleOutcomes } from './settle-outcomes.ts';

export interface RecoverOptions extends SettleDeps {
  /** Journal segments of an earlier life, oldest first. */
  readonly files: readonly string[];
  /** Where lines with a broken checksum are kept. */
  readonly quarantineFolder: string;
  /** This life's epoch: leases of earlier ones are given back at the end. */
  readonly epoch: bigint;
  readonly maxBatch?: number;
}

export interface Recovered {
  /** Outcomes found, settled before or now. */
  readonly outcomes: number;
  /** Requests that the end of the process cut off, settled at their last checkpoint. */
  readonly interrupted: number;
  /** Lines that were broken and are kept in quarantine. */
  readonly quarantined: number;
  /** Files that end in a line cut short; it was never acknowledged. */
  readonly tornFiles: number;
}

/**
 * Settles what an earlier life of this worker left in its journal and gives its leases back. Can be run again after it
 * failed, or after it succeeded: nothing is charged twice.
 * @throws the database's or the file system's error; the files are then still there
 */
export async function recover(options: RecoverOptions): Promise<Recovered> {
  const checkpoints = new Map<string, string>();
  let outcomes = 0;
  let quarantined = 0;
  let tornFiles = 0;
  for (const file of readJournal(options.files)) {
    const lines: string[] = [];
    for (const entry of file.entries) {
      if (entry.kind === 'checkpoint') checkpoints.set(entry.requestId, entry.json);
      else {
        checkpoints.delete(entry.requestId);
        lines.push(entry.json);
      }
    }
    await settleAll(options, lines);
    quarantine(options.quarantineFolder, file.bad);
    outcomes += lines.length;
    quarantined += file.bad.length;
    if (file.tornBytes > 0) tornFiles++;
  }
  const interrupted = await settleInterrupted(options, checkpoints);
  await releaseWorkerLeases(options.database, { workerId: options.workerId, beforeEpoch: options.epoch });
  for (const file of options.files) fs.rmSync(file, { force: true });
  return { outcomes, interrupted, quarantined, tornFiles };
}

/**
 * A checkpoint may outlive its outcome: the outcome's file is deleted once settled, while the checkpoint's is kept for
 * another request's sake. Then the request is recorded, perhaps as free, and the checkpoint means nothing any more.
 */
async function settleInterrupted(options: RecoverOptions, checkpoints: ReadonlyMap<string, string>): Promise<number> {
  const recorded = await recordedRequests(options.database, [...checkpoints.keys()]);
  const lines: string[] = [];
  for (const [requestId, line] of checkpoints) if (!recorded.has(requestId)) lines.push(line);
  await settleAll(options, lines);
  return lines.length;
}

async function settleAll(options: RecoverOptions, lines: readonly string[]): Promise<void> {
  const maxBatch = options.maxBatch ?? 2_500;
  for (let at = 0; at < lines.length; at += maxBatch) {
    await settleOutcomes(options, lines.slice(at, at + maxBatch).map(readOutcomeLine));
  }
}

function quarantine(folder: string, bad: readonly Buffer[]): void {
  for (const line of bad)
    fs.appendFileSync(path.join(folder, 'quarantine.log'), Buffer.concat([line, Buffer.from('\n')]));
}
