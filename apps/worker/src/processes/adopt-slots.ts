import fs from 'node:fs';
import path from 'node:path';
import type { Database } from '@ai-bridge/db';
import { repeat } from '../jobs/repeat.ts';
import { FolderInUse, lockFolder, segmentPaths } from '../journal/index.ts';
import type { Log } from '../log.ts';
import { type DeadLetters, recover } from '../settlement/index.ts';
import { endWorkerLife, forgetWorkerId, readWorkerId } from '../worker-id.ts';
import { slotFolder, slotsWithFolders } from './slot-folder.ts';

/** A process that still ends its streams is left to settle for itself; so much later it is looked for again. */
const tryAgainMs = 5_000;

export interface AdoptOptions {
  readonly database: Database;
  readonly log: Log;
  readonly dataFolder: string;
  /** How many processes run: whatever a later one left is adopted. */
  readonly processes: number;
  /** Of the process that adopts. */
  readonly deadLetters: DeadLetters;
}

/**
 * Settles what processes left that are not run any more because fewer are asked for, and gives their credit back. Goes on beside the relay
 * until nothing is left.
 */
export function startAdopting(options: AdoptOptions): { stop(): Promise<void> } {
  const adopting = repeat(
    async (signal) => {
      if ((await adoptSlots(options, signal)) === 0) void adopting.stop();
    },
    { firstMs: 0, everyMs: tryAgainMs, onError: (error) => options.log.error('adopting processes', error) },
  );
  return adopting;
}

/**
 * Can be run again after it failed or succeeded: nothing is charged twice.
 * @returns how many folders live processes still work in
 */
export async function adoptSlots(options: AdoptOptions, signal?: AbortSignal): Promise<number> {
  let inUse = 0;
  for (const slot of slotsWithFolders(options.dataFolder)) {
    if (slot <= options.processes || signal?.aborted) continue;
    try {
      await adoptSlot(slot, options);
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error;
      inUse++;
    }
  }
  return inUse;
}

async function adoptSlot(slot: number, { database, dataFolder, deadLetters, log }: AdoptOptions): Promise<void> {
  const folder = slotFolder(dataFolder, slot);
  const journal = path.join(folder, 'journal');
  if (fs.existsSync(journal)) {
    const unlock = lockFolder(journal);
    try {
      const workerId = readWorkerId(folder);
      const epoch = await endWorkerLife(database, workerId);
      const files = segmentPaths(journal);
      const recovered = await recover({ database, workerId, deadLetters, epoch, files, quarantineFolder: dataFolder });
      deadLetters.takeFrom(folder);
      log.info('settled what a process left that is not run any more', { slot, ...recovered });
      fs.rmSync(journal, { recursive: true });
    } finally {
      unlock();
    }
  }
  forgetWorkerId(folder);
  // What is kept there for a person to look at stays.
  if (fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
}
