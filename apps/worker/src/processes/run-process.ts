import cluster from 'node:cluster';
import type { Environment } from '../env.ts';
import { startWorker } from '../worker.ts';
import type { FromProcess, ToProcess } from './messages.ts';
import { SiblingFigures } from './sibling-figures.ts';

/** Runs one of several worker processes: like an only one, but what it does is said by the supervisor. */
export async function runProcess(environment: Environment, slot: number): Promise<void> {
  const { processes } = environment;
  const siblings = new SiblingFigures(slot, (question) => tell({ kind: 'ask-figures', question }));
  let worker: Awaited<ReturnType<typeof startWorker>> | undefined;
  /** Ends this process in order; asked again, in a hurry. One that has not started has nothing to end. */
  const stop = () => (worker ? void worker.stop().then(() => process.exit(0), leave) : process.exit(0));
  const leave = () => process.exit(1);

  // Whoever signals the whole group means the supervisor, which gets it too and tells when to stop and when to hurry.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {});
  let isStopping = false;
  const stopOnce = () => {
    if (isStopping) return;
    isStopping = true;
    stop();
  };
  process.on('message', (message: ToProcess) => {
    if (message.kind === 'stop') stopOnce();
    else if (message.kind === 'hurry') stop();
    else if (message.kind === 'tell-figures') {
      tell({ kind: 'figures', question: message.question, figures: worker?.figures() ?? {} });
    } else if (message.kind === 'all-figures') siblings.answered(message.question, message.processes);
  });
  cluster.worker?.once('disconnect', () => {
    // Without this Node ends a process whose supervisor has gone at once, and what is open with it.
    if (cluster.worker) cluster.worker.exitedAfterDisconnect = true;
    stopOnce();
  });

  try {
    worker = await startWorker(environment, { slot, processes, allFigures: (own) => siblings.all(own) });
    tell({ kind: 'ready', url: worker.url });
  } catch (error) {
    process.send?.({ kind: 'failed', line: (error as Error).message } satisfies FromProcess, undefined, {}, leave);
  }
}

function tell(message: FromProcess): void {
  if (process.connected) process.send?.(message);
}
