import fs from 'node:fs';
import path from 'node:path';
import { identifyProcess, isAlive, type ProcessIdentity } from '../process-identity.ts';
import { UserError } from '../user-error.ts';

/** How often a stale lock may be taken away from under us before we give up. */
const maxTakeovers = 5;

/**
 * Makes sure that one start command at a time works on a data folder, which is made if it is not there. The lock names a process by number and start
 * time, so one left behind by a killed start does not block the next.
 * @returns how to give it back
 * @throws UserError when another start command holds it
 */
export function lockDataFolder(dataFolder: string): () => void {
  fs.mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = path.join(dataFolder, 'start.lock');
  const self = identifyProcess(process.pid);
  const content = JSON.stringify(self ?? { pid: process.pid, startedAt: 'unknown' });
  for (let attempt = 0; attempt < maxTakeovers; attempt++) {
    if (createWhole(file, content)) return () => removeIfOurs(file, content);
    const holder = readHolder(file);
    if (holder && isAlive(holder)) throw alreadyRunning(dataFolder, holder);
    takeAway(file, dataFolder);
  }
  throw new UserError(`Several starts fight over ${dataFolder}. Start one at a time.`);
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

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

function removeIfOurs(file: string, content: string): void {
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === content) fs.rmSync(file);
}

function alreadyRunning(dataFolder: string, holder: ProcessIdentity): UserError {
  return new UserError(
    `AI-Bridge already runs on ${dataFolder} (process ${holder.pid}). Stop it first, or set DATA_DIR to another folder.`,
  );
}
