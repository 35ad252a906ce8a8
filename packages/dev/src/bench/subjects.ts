import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPool, openPrisma } from '@ai-bridge/db';
import { deployMigrations, prismaFolder } from '@ai-bridge/db/migrate';
import { freePort } from '../ports.ts';
import { startEmbeddedPostgres } from '../postgres/index.ts';
import { repositoryRoot } from '../root.ts';
import { applyConfigFile, readConfigFile } from '../start/seed/config-file.ts';
import { startProgram, waitForPort } from './processes.ts';

/** Something that load is sent through. */
export interface Subject {
  readonly name: 'bare' | 'worker';
  readonly port: number;
  readonly pid: number;
  readonly key: string;
  /** Database statements so far; undefined where there is no database. */
  statements?(): Promise<number>;
  stop(): Promise<void>;
}

const readyTimeoutMs = 20_000;

export async function startBare(file: string, upstreamPort: number, isPinned: boolean): Promise<Subject> {
  const port = await freePort();
  const program = startProgram(file, [String(port), `http://127.0.0.1:${upstreamPort}`], {
    side: 'measured',
    isPinned,
  });
  await waitForPort(port);
  return { name: 'bare', port, pid: program.pid, key: 'ab-none', stop: program.stop };
}

/** The worker as it runs in production: Postgres with its default durability, a key, limits, credit, journal, settlement. */
export async function startBenchWorker(folder: string, upstreamPort: number, isPinned: boolean): Promise<Subject> {
  const workerFolder = path.join(repositoryRoot, 'apps/worker');
  const built = spawnSync(process.execPath, ['build.mjs'], { cwd: workerFolder, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the worker does not build: ${built.stdout}${built.stderr}`);
  const postgres = await startEmbeddedPostgres({ dataFolder: path.join(folder, 'postgres'), port: await freePort() });
  const admin = openPool({ url: postgres.url('postgres'), maxConnections: 1, applicationName: 'bench' });
  await admin.query('CREATE DATABASE bridge');
  await admin.close();
  await deployMigrations(postgres.url('bridge'), prismaFolder(repositoryRoot));
  const key = `ab-bench-${randomBytes(16).toString('hex')}`;
  const secrets = { BRIDGE_KEY_PEPPER: randomSecret(), BRIDGE_SEALING_KEY: randomSecret() };
  const configFile = path.join(folder, 'bridge.yaml');
  fs.writeFileSync(configFile, JSON.stringify(benchConfig(upstreamPort, key)));
  await applyConfig(postgres.url('bridge'), configFile, secrets);
  const port = await freePort();
  const logFile = path.join(folder, 'worker.log');
  const program = startProgram(path.join(workerFolder, 'dist/main.js'), [], {
    side: 'measured',
    isPinned,
    logFile: logFile,
    environment: {
      DATABASE_URL: postgres.url('bridge'),
      HOST: '127.0.0.1',
      WORKER_PORT: String(port),
      DATA_DIR: path.join(folder, 'data'),
      ...secrets,
    },
  });
  await waitUntilReady(port, logFile);
  return {
    name: 'worker',
    port,
    pid: program.pid,
    key,
    statements: () => readStatements(port, logFile),
    async stop() {
      await program.stop();
      await postgres.stop();
    },
  };
}

function benchConfig(upstreamPort: number, secret: string) {
  return {
    channels: [
      {
        name: 'bench',
        preset: 'custom',
        protocol: 'anthropic-messages',
        baseUrl: `http://127.0.0.1:${upstreamPort}`,
        apiKey: 'sk-bench',
        allowPrivate: true,
        models: ['claude-bench'],
      },
    ],
    models: [
      {
        id: 'claude-bench',
        price: { input: 3, output: 15, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6 },
        fallback: [],
      },
    ],
    organizations: [
      {
        name: 'Bench',
        grantTokens: 1_000_000_000_000,
        // Wide enough never to refuse, and set, so that every limit is checked.
        limits: { rpm: 100_000_000, itpm: 1_000_000_000, otpm: 1_000_000_000, concurrency: 100_000 },
        keys: [{ name: 'bench', secret }],
      },
    ],
  };
}

const randomSecret = () => randomBytes(32).toString('base64url');

async function applyConfig(
  url: string,
  configFile: string,
  secrets: Parameters<typeof applyConfigFile>[2],
): Promise<void> {
  const database = openPool({ url, maxConnections: 2, applicationName: 'bench' });
  const prisma = openPrisma(database.pool);
  await applyConfigFile(prisma, readConfigFile(configFile), secrets, {});
  await prisma.$disconnect();
  await database.close();
}

async function waitUntilReady(port: number, logFile: string): Promise<void> {
  const end = performance.now() + readyTimeoutMs;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    if (performance.now() > end) throw new Error(`the worker is not ready:\n${fs.readFileSync(logFile, 'utf8')}`);
    await sleep(50);
  }
}

async function readStatements(port: number, logFile: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => undefined);
  const line = /^bridge_database_statements_total (\d+)/m.exec((await answer?.text()) ?? '');
  if (line) return Number(line[1]);
  throw new Error(
    `the worker does not tell its database statements:\n${fs.readFileSync(logFile, 'utf8').slice(-2_000)}`,
  );
}
