import cluster from 'node:cluster';
import { type Environment, readEnvironment } from './env.ts';
import { runProcess } from './processes/run-process.ts';
import { runSupervisor } from './processes/run-supervisor.ts';
import { startWorker } from './worker.ts';

/** Exit code of a start that failed for a reason that was printed. */
const failedStart = 1;

async function main(): Promise<void> {
  const environment = readEnvironment();
  const { processes, BRIDGE_WORKER_SLOT: slot } = environment;
  if (cluster.isWorker && slot !== undefined) return runProcess(environment, slot);
  if (processes > 1) process.exit(await runSupervisor(environment));
  await runAlone(environment);
}

/** The only process of a worker. */
async function runAlone(environment: Environment): Promise<void> {
  const worker = await startWorker(environment);
  const stop = () =>
    void worker.stop().then(
      () => process.exit(0),
      () => process.exit(failedStart),
    );
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.stdout.write(`worker ready on ${worker.url}\n`);
}

main().catch((error: Error) => {
  // What went wrong at the start is for the operator: one line, without a stack.
  process.stderr.write(`${error.message}\n`);
  process.exit(failedStart);
});
