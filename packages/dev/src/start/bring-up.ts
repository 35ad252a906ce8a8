import fs from 'node:fs';
import path from 'node:path';
import { openPool, openPrisma } from '@ai-bridge/db';
import { deployMigrations, prismaFolder } from '@ai-bridge/db/migrate';
import { repositoryRoot as root } from '../root.ts';
import { buildApp } from './build/build-app.ts';
import { type AppContext, type Apps, defaultDrainSeconds } from './children/apps.ts';
import type { Child } from './children/child.ts';
import { waitUntilReady } from './children/ready.ts';
import type { Supervisor } from './children/supervisor.ts';
import { clusterFolder, openDatabase } from './database.ts';
import { localUrl, type StartEnv } from './env.ts';
import { requirePortsFree } from './require-ports.ts';
import type { ScreenFacts } from './screen.ts';
import { loadSecrets } from './secrets.ts';
import { readConfigFile } from './seed/config-file.ts';
import { prepareData } from './seed/prepare-data.ts';

export interface BringUpOptions {
  readonly mode: 'start' | 'dev';
  readonly apps: Apps;
  readonly env: StartEnv;
  readonly supervisor: Supervisor;
  /** Registers what to do when stopping; the last registered is done first. */
  onStop(work: () => Promise<void> | void): void;
  /** Says one line while something takes its time. */
  progress(line: string): void;
  /** Throws when stopping was asked for meanwhile. */
  checkStopped(): void;
}

export interface Running {
  /** The processes that must live for as long as the start command does. */
  readonly children: readonly Child[];
  readonly screen: Omit<ScreenFacts, 'durationMs'>;
}

const workerReadyTimeoutMs = 60_000;
const webReadyTimeoutMs = 90_000;
const webGraceMs = 5_000;
const workerGraceExtraMs = 5_000;

/** Everything from the environment to two apps that answer. Each thing started is registered to be stopped again. */
export async function bringUp(options: BringUpOptions): Promise<Running> {
  const { mode, apps, env, supervisor, onStop, progress, checkStopped } = options;
  const config = env.configFile === undefined ? undefined : readConfigFile(env.configFile);
  await requirePortsFree(env);
  const hasData = !env.databaseUrl && fs.existsSync(path.join(clusterFolder(env.dataFolder), 'PG_VERSION'));
  const secrets = loadSecrets(env.dataFolder, env.all, hasData);
  const database = await openDatabase(env);
  onStop(() => database.stop('fast'));
  checkStopped();
  await deployMigrations(database.url, prismaFolder(root));
  const prepared = await withPrisma(database.url, (prisma) => prepareData({ prisma, env, secrets, config, onStop }));
  checkStopped();
  const context: AppContext = { root, env, secrets, databaseUrl: database.url, mode };
  if (mode === 'start') await buildApps(options);
  const worker = supervisor.run(withErrorsShown(apps.worker(context), mode));
  const drainSeconds = Number(env.all['DRAIN_SECONDS']) || defaultDrainSeconds;
  onStop(() => worker.stop(drainSeconds * 1000 + workerGraceExtraMs));
  const web = supervisor.run(withErrorsShown(apps.web(context), mode));
  onStop(() => web.stop(webGraceMs));
  progress('Starting the worker and the web console');
  await Promise.all([
    waitUntilReady(worker, `${localUrl(env.host, env.workerPort)}/readyz`, workerReadyTimeoutMs),
    waitUntilReady(web, `${localUrl(env.host, env.webPort)}/api/health`, webReadyTimeoutMs),
  ]);
  return { children: [worker, web], screen: prepared };
}

async function buildApps({ apps, env, supervisor, progress, checkStopped }: BringUpOptions): Promise<void> {
  for (const build of apps.builds(root, env)) {
    await buildApp(root, build, (spec) => {
      progress(`Building the ${build.name}`);
      return supervisor.run(spec);
    });
    checkStopped();
  }
}

async function withPrisma<Result>(
  url: string,
  work: (prisma: ReturnType<typeof openPrisma>) => Promise<Result>,
): Promise<Result> {
  const pool = openPool({
    url,
    maxConnections: 2,
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 60_000,
    applicationName: 'start',
  });
  const prisma = openPrisma(pool.pool);
  try {
    return await work(prisma);
  } finally {
    await prisma.$disconnect();
    await pool.close();
  }
}

/** Errors go to the terminal too; while developing, everything does. */
function withErrorsShown<Spec extends { name: string }>(spec: Spec, mode: 'start' | 'dev'): Spec {
  return {
    ...spec,
    onLine(line: string, from: 'out' | 'error') {
      if (mode === 'dev' || (from === 'error' && !isInformation(line))) console.error(`${spec.name}: ${line}`);
    },
  };
}

/** The apps log JSON lines with a level on the error stream; only what is wrong belongs on the terminal. */
function isInformation(line: string): boolean {
  return /"level":"(info|debug|trace)"/.test(line);
}
