import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const startTimeoutMs = 20_000;

/** Which processor a program runs on: the measured one, or the one of load and upstream. */
export type Side = 'measured' | 'load';
const processors: Record<Side, string> = { load: '0', measured: '1' };

/** Whether programs can be pinned to processors here. */
export function canPin(): boolean {
  return os.cpus().length >= 2 && spawnSync('taskset', ['--version']).status === 0;
}

export interface Program {
  readonly pid: number;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly side: Side;
  readonly isPinned: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where its output goes; none: nowhere. */
  readonly logFile?: string;
}

/** Starts a bundled program under Node. */
export function startProgram(file: string, args: readonly string[], options: ProgramOptions): Program {
  const output = options.logFile ? fs.openSync(options.logFile, 'a') : 'ignore';
  const command = [process.execPath, file, ...args];
  const pinned = options.isPinned ? ['taskset', '-c', processors[options.side], ...command] : command;
  const child = spawn(pinned[0] as string, pinned.slice(1), {
    // taskset becomes the program it starts, so the child's id is the program's own.
    stdio: ['ignore', output, output],
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...options.environment },
  });
  return {
    pid: child.pid ?? 0,
    child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Resolves once something listens on the port. */
export async function waitForPort(port: number): Promise<void> {
  const end = performance.now() + startTimeoutMs;
  while (!(await accepts(port))) {
    if (performance.now() > end) throw new Error(`nothing listens on port ${port}`);
    await sleep(20);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Processor seconds that a process has used, all its threads; NaN where the system does not tell. */
export function cpuSeconds(pid: number): number {
  try {
    const threads = fs.readdirSync(`/proc/${pid}/task`);
    const used = threads.map((thread) =>
      Number(fs.readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    );
    return used.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e9;
  } catch {
    return Number.NaN;
  }
}

/** Resident memory of a process in KiB; NaN where the system does not tell. */
export function residentKiB(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return Number.NaN;
  }
}

/** How many files a process may open here. */
export function maxOpenFiles(): number {
  try {
    return Number(/^Max open files\s+\d+\s+(\d+)/m.exec(fs.readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 1_024);
  } catch {
    return 1_024;
  }
}
