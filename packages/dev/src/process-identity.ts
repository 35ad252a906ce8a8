import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** A process that can be told from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever form the system tells; only compared for equality. */
  readonly startedAt: string;
}

/** The identity of a process that lives now, or undefined. A zombie does not count as living. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startedAt = process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether exactly this process still lives. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt;
}

/**
 * The process that this one runs for, seen through the shell that npm puts between: changes when npm is killed outright,
 * even if that shell lives on. Only compared for equality.
 */
export function describeParent(): string {
  const parent = process.ppid;
  try {
    if (!/^(ba|da|z|a)?sh$/.test(fs.readFileSync(`/proc/${parent}/comm`, 'utf8').trim())) return String(parent);
    return `${parent} of ${fieldsFromProc(parent)[1]}`;
  } catch {
    return String(parent);
  }
}

function startFromProc(pid: number): string | undefined {
  try {
    const fields = fieldsFromProc(pid);
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const bootId = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${bootId}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** State, parent and so on: what the system tells after the name in parentheses, which may hold anything. */
function fieldsFromProc(pid: number): string[] {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function startFromPs(pid: number): string | undefined {
  const shown = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return shown.stdout?.trim() || undefined;
}
