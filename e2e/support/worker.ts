import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.ts';

const entry = fileURLToPath(new URL('../../apps/worker/dist/main.js', import.meta.url));
/** Log text kept of a worker; the oldest goes first. */
const maxLogCharacters = 1_000_000;
const startTimeoutMs = 20_000;

/** A worker as a process of its own. */
export interface WorkerProcess {
  readonly pid: number;
  readonly url: string;
  /** Everything it has printed. */
  log(): string;
  isRunning(): boolean;
  /** Sends a signal and resolves with how the process ended. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Sends a signal without waiting. */
  signal(signal: NodeJS.Signals): void;
}

/** Starts a worker and does not wait for it. */
export function spawnWorker(environment: Readonly<Record<string, string>>): WorkerProcess {
  // Only what it is given: a test must not depend on the shell it was started from.
  const env = { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...environment };
  const child = spawn(process.execPath, ['--enable-source-maps', entry], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-maxLogCharacters);
    });
  }
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${environment['WORKER_PORT']}`,
    log: () => log,
    isRunning: () => isAlive(child),
    signal: (signal) => void child.kill(signal),
    async end(signal) {
      if (isAlive(child)) child.kill(signal);
      const [code, killedBy] = await exited;
      return { code, signal: killedBy };
    },
  };
}

/** Starts a worker and waits until it is ready for requests. */
export async function startWorker(environment: Readonly<Record<string, string>>): Promise<WorkerProcess> {
  const worker = spawnWorker(environment);
  await eventually(
    async () => {
      if (!worker.isRunning()) throw new Error(`the worker ended at its start:\n${worker.log()}`);
      return (await fetch(`${worker.url}/readyz`).catch(() => undefined))?.status === 200;
    },
    { withinMs: startTimeoutMs, what: () => `the worker is not ready:\n${worker.log()}` },
  );
  return worker;
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
