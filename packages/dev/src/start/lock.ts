import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identifyProcess, isAlive, type ProcessIdentity } from '../process-identity.ts';
import { UserError } from '../user-error.ts';
import { writeFilePrivately } from './secrets.ts';

/** How often a stale lock may be taken away from under us before we give up. */
const maxTakeovers = 5;

/** How long a start waits for one that is stopping already; longer than a stop usually takes. */
const stoppingWaitMs = 40_000;
const pollMs = 100;

interface Holder extends ProcessIdentity {
  readonly isStopping?: boolean;
}

export interface DataFolderLock {
  /** Tells a next start that waiting is worth it. */
  markStopping(): void;
  release(): void;
}

/**
 * Makes sure that one start command at a time works on a data folder, which is made if it is not there. The lock names a
 * process by number and start time, so one left behind by a killed start does not block the next; one that is stopping
 * is waited for.
 * @throws UserError when another start command holds it
 */
export async function lockDataFolder(dataFolder: string): Promise<DataFolderLock> {
  fs.mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = path.join(dataFolder, 'start.lock');
  const self: Holder = identifyProcess(process.pid) ?? { pid: process.pid, startedAt: 'unknown' };
  const deadline = Date.now() + stoppingWaitMs;
  for (let takeovers = 0; takeovers < maxTakeovers; ) {
    if (createWhole(file, JSON.stringify(self))) return heldLock(file, self);
    const holder = readHolder(file);
    if (holder && isAlive(holder)) {
      if (!holder.isStopping || Date.now() > deadline) throw alreadyRunning(dataFolder, holder);
      await sleep(pollMs);
    } else {
      takeAway(file, dataFolder);
      takeovers++;
    }
  }
  throw new UserError(`Several starts fight over ${dataFolder}. Start one at a time.`);
}

function heldLock(file: string, self: Holder): DataFolderLock {
  const isOurs = () => {
    const holder = readHolder(file);
    return holder?.pid === self.pid && holder.startedAt === self.startedAt;
  };
  return {
    markStopping() {
      if (isOurs()) writeFilePrivately(file, JSON.stringify({ ...self, isStopping: true }));
    },
    release() {
      if (isOurs()) fs.rmSync(file);
    },
  };
}

/** Creates the file with its content in one step, so that nobody reads it half written. False when there is one. */
function createWhole(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, content, { mode: 0o600 });
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Moves a stale lock aside; should a live one have come in between, it is put back and respected. */
function takeAway(file: string, dataFolder: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const holder = readHolder(aside);
  const isLive = holder !== undefined && isAlive(holder);
  if (isLive && !fs.existsSync(file)) fs.linkSync(aside, file);
  fs.rmSync(aside, { force: true });
  if (isLive) throw alreadyRunning(dataFolder, holder);
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function alreadyRunning(dataFolder: string, holder: ProcessIdentity): UserError {
  return new UserError(
    `AI-Bridge already runs on ${dataFolder} (process ${holder.pid}). Stop it first, or set DATA_DIR to another folder.`,
  );
}
