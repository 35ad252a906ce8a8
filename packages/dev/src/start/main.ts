import path from 'node:path';
import { bringUp, type Running } from './bring-up.ts';
import { type Apps, bridgeApps } from './children/apps.ts';
import { stopLeftovers } from './children/registry.ts';
import { createSupervisor } from './children/supervisor.ts';
import { readStartEnv } from './env.ts';
import { lockDataFolder } from './lock.ts';
import { renderScreen } from './screen.ts';
import { createShutdown } from './shutdown.ts';

/** How long processes that a killed start left behind may take to end by themselves. */
const leftoverGraceMs = 5_000;

class Interrupted extends Error {}

/**
 * The start command: brings everything up, shows one screen, runs until Ctrl-C or until a process dies, then stops all
 * of it.
 * @returns the exit code
 */
export async function start(mode: 'start' | 'dev', apps: Apps = bridgeApps): Promise<number> {
  const startedAt = performance.now();
  const env = readStartEnv(process.env);
  const lock = await lockDataFolder(env.dataFolder);
  const processesFile = path.join(env.dataFolder, 'processes.json');
  const leftovers = await stopLeftovers(processesFile, leftoverGraceMs);
  if (leftovers.length > 0) console.log(`Stopped what an earlier start left running: ${leftovers.join(', ')}.`);
  const supervisor = createSupervisor(processesFile);
  const shutdown = createShutdown(() => supervisor.killAll());
  shutdown.onStop(lock.release);
  void shutdown.requested.then(lock.markStopping);

  const up = bringUp({
    mode,
    apps,
    env,
    supervisor,
    onStop: shutdown.onStop,
    progress: (line) => console.log(`${line} ...`),
    checkStopped() {
      if (shutdown.isRequested) throw new Interrupted();
    },
  });
  const settled = up.then(
    (running) => ({ running }),
    (error: unknown) => ({ error }),
  );
  const first = await Promise.race([settled, shutdown.requested.then(() => undefined)]);
  let exitCode = 0;
  try {
    if (first === undefined) {
      supervisor.close();
      supervisor.killAll();
      await settled;
    } else if ('error' in first) {
      if (!(first.error instanceof Interrupted)) throw first.error;
    } else {
      console.log(renderScreen({ ...first.running.screen, durationMs: performance.now() - startedAt }));
      exitCode = await untilTheEnd(first.running, supervisor, shutdown.requested);
    }
  } finally {
    supervisor.close();
    await shutdown.stop();
  }
  if (shutdown.isRequested && exitCode === 0) console.log('Stopped.');
  return exitCode;
}

/** Waits for the wish to stop (0) or the death of a process (1, said in one line). */
async function untilTheEnd(
  running: Running,
  supervisor: ReturnType<typeof createSupervisor>,
  requested: Promise<string>,
): Promise<number> {
  const died = await Promise.race([supervisor.firstExit(running.children), requested.then(() => undefined)]);
  if (died === undefined) {
    console.log('Stopping: open streams may finish. Ctrl-C again stops at once.');
    return 0;
  }
  const how = died.exit.signal === null ? `with code ${died.exit.code}` : `by ${died.exit.signal}`;
  console.error(`The ${died.child.name} ended ${how}; stopping everything. Its log is ${died.child.logFile}.`);
  return 1;
}
