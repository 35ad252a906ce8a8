import { readEnvironment } from './env.ts';
import { startWorker } from './worker.ts';

/** Exit code of a start that failed for a reason that was printed. */
const failedStart = 1;

async function main(): Promise<void> {
  const worker = await startWorker(readEnvironment());
  const stop = (signal: string) =>
    void worker.stop(signal).then(
      () => process.exit(0),
      () => process.exit(failedStart),
    );
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  process.stdout.write(`worker ready on ${worker.url}\n`);
}

main().catch((error: Error) => {
  // What went wrong at the start is for the operator: one line, without a stack.
  process.stderr.write(`${error.message}\n`);
  process.exit(failedStart);
});
