import fs from 'node:fs';
import path from 'node:path';

/** Thrown when a live process works in the folder already. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

const maxTries = 5;

/**
 * Takes the folder for this process, so that two workers never share a journal. The lock names its holder by process id
 * and start time: one left behind by a killed process, whose id may since belong to another, does not block.
 * @returns how to give it back
 * @throws FolderInUse
 */
export function lockFolder(folder: string): () => void {
  const file = path.join(folder, 'lock');
  const mine = `${process.pid} ${startTime(process.pid) ?? ''}`;
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, mine);
  try {
    for (let attempt = 0; attempt < maxTries; attempt++) {
      if (linkNew(draft, file)) return () => unlock(file, mine);
      const holder = readText(file);
      if (holder === undefined) continue;
      if (isAlive(holder)) throw new FolderInUse(`${folder} is in use by process ${holder.split(' ')[0]}`);
      removeStale(file, holder);
    }
    throw new FolderInUse(`${folder} could not be locked`);
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function linkNew(from: string, to: string): boolean {
  try {
    fs.linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the lock aside before deleting it: had another process renewed it in between, it goes back. */
function removeStale(file: string, holder: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  if (readText(aside) !== holder) linkNew(aside, file);
  fs.rmSync(aside, { force: true });
}

function unlock(file: string, mine: string): void {
  if (readText(file) === mine) fs.rmSync(file, { force: true });
}

function isAlive(holder: string): boolean {
  const [pidText = '', started = ''] = holder.split(' ');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  if (isZombie(pid)) return false;
  const now = startTime(pid);
  return started === '' || now === undefined || now === started;
}

/** Ended, and kept by the system for a parent that does not ask: in a container perhaps for ever. */
function isZombie(pid: number): boolean {
  return fieldsOf(pid)?.[0] === 'Z';
}

/** When a process started, in the kernel's own count since this boot; undefined where the system does not tell. */
function startTime(pid: number): string | undefined {
  const boot = readText('/proc/sys/kernel/random/boot_id');
  const ticks = fieldsOf(pid)?.[19];
  return ticks === undefined ? undefined : `${ticks}@${boot?.trim() ?? ''}`;
}

/** State, parent and so on: what the system tells after the program's name, which is in parentheses and may hold spaces. */
function fieldsOf(pid: number): string[] | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
