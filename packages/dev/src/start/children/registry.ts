import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from '../../process-identity.ts';
import { writeFilePrivately } from '../secrets.ts';

interface Recorded extends ProcessIdentity {
  readonly name: string;
}

export interface ProcessRegistry {
  /** Remembers a running process on disk, for a next start should this one be killed. */
  add(name: string, identity: ProcessIdentity): void;
  /** Forgets one that has ended. */
  remove(identity: ProcessIdentity): void;
}

const pollMs = 50;

/** Keeps the list of started processes in a file. */
export function openProcessRegistry(file: string): ProcessRegistry {
  let recorded: Recorded[] = [];
  const save = () => writeFilePrivately(file, JSON.stringify(recorded));
  save();
  return {
    add(name, identity) {
      recorded = [...recorded, { name, ...identity }];
      save();
    },
    remove(identity) {
      recorded = recorded.filter((one) => one.pid !== identity.pid);
      save();
    },
  };
}

/**
 * Stops the processes that a killed start command left behind: asks first, kills after `graceMs`. A process that took
 * over an old number has another start time and is left alone.
 * @returns the names of those stopped
 */
export async function stopLeftovers(file: string, graceMs: number): Promise<string[]> {
  const left = readRecorded(file).filter(isAlive);
  for (const one of left) signal(one, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (left.some(isAlive) && Date.now() < deadline) await sleep(pollMs);
  for (const one of left.filter(isAlive)) signal(one, 'SIGKILL');
  while (left.some(isAlive)) await sleep(pollMs);
  fs.rmSync(file, { force: true });
  return left.map((one) => one.name);
}

function signal(one: Recorded, name: NodeJS.Signals): void {
  try {
    // Each was started as the leader of a group; killing reaches the whole of it.
    process.kill(name === 'SIGKILL' ? -one.pid : one.pid, name);
  } catch {
    // It ended in between.
  }
}

function readRecorded(file: string): Recorded[] {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Recorded[];
  } catch {
    return [];
  }
}
