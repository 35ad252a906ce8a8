import cluster from 'node:cluster';
import type { Environment } from '../env.ts';
import { createLog } from '../log.ts';
import type { FromProcess } from './messages.ts';
import { createSupervisor, type ProcessEvents, type StartedProcess } from './supervisor.ts';

/** What a process may need beyond its drain window to settle and to close its connections. */
const settleGraceMs = 20_000;

/**
 * Runs as many worker processes on one port as the environment asks for, until it is told to stop.
 * @returns the exit code
 */
export function runSupervisor(environment: Environment): Promise<number> {
  const supervisor = createSupervisor({
    processes: environment.processes,
    start: forkProcess,
    monotonicMs: () => performance.now(),
    log: createLog((line) => process.stderr.write(line)),
    stopWithinMs: environment.DRAIN_SECONDS * 1_000 + settleGraceMs,
    onReady: (url) => process.stdout.write(`worker ready on ${url}, ${environment.processes} processes\n`),
    onFailed: (line) => process.stderr.write(`${line}\n`),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => supervisor.stop());
  return supervisor.ended;
}

/** The same program once more; node:cluster lets all of them listen on the one port that the supervisor holds. */
function forkProcess(slot: number, events: ProcessEvents): StartedProcess {
  const worker = cluster.fork({ BRIDGE_WORKER_SLOT: String(slot) });
  let hasEnded = false;
  const end = (code: number | null, signal: string | null) => {
    if (!hasEnded) events.ended(code, signal);
    hasEnded = true;
  };
  worker.on('message', (message: FromProcess) => events.said(message));
  worker.once('exit', end);
  // One that could not be made at all ends by an error alone; other errors are messages that came too late for its end.
  worker.on('error', (error: NodeJS.ErrnoException) => worker.process.pid === undefined && end(null, error.code ?? ''));
  return {
    pid: worker.process.pid,
    tell: (message) => void (worker.isConnected() && worker.send(message)),
    kill: () => void worker.process.kill('SIGKILL'),
  };
}
