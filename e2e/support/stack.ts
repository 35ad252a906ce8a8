import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Database, openPool, openPrisma } from '@ai-bridge/db';
import { freePort } from '@ai-bridge/dev';
import { applyConfigFile, readConfigFile } from '@ai-bridge/dev/config-file';
import { readBalance, verifyBooks } from '@ai-bridge/ledger';
import { createTestDatabase } from '@ai-bridge/testing';
import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { type BridgeConfig, channelsAt, modelsConfig, organization } from './config.ts';
import { eventually } from './eventually.ts';
import { startWorker, type WorkerProcess } from './worker.ts';

export interface StackOptions {
  /** Plan tokens (micro-USD) of the organization `main`. */
  readonly grantTokens?: number;
  /** Settings of its key besides the secret. */
  readonly key?: Readonly<Record<string, unknown>>;
  readonly limits?: Readonly<Record<string, number>>;
  /** Changes the config before it is written. */
  readonly config?: (config: BridgeConfig, upstream: FakeUpstream) => BridgeConfig;
  readonly environment?: Readonly<Record<string, string>>;
  /** An already migrated database; else a fresh one on the run's Postgres. */
  readonly databaseUrl?: string;
  /** What the worker is told instead, for example a proxy before the database. */
  readonly workerDatabaseUrl?: string;
}

/** A whole relay: database, worker process and fake upstream, with one organization that has a key. */
export interface Stack {
  readonly url: string;
  readonly key: string;
  readonly organizationId: string;
  readonly upstream: FakeUpstream;
  readonly database: Database;
  readonly environment: Readonly<Record<string, string>>;
  readonly dataFolder: string;
  /** The process that runs now. */
  worker(): WorkerProcess;
  /** Starts the worker again on the same port, data folder and database, after `kill9` or an exit. */
  restart(): Promise<void>;
  kill9(): Promise<void>;
  balance(): ReturnType<typeof readBalance>;
  /** Resolves once no credit is held and the books are sound; returns the balance. */
  atRest(withinMs?: number): ReturnType<typeof readBalance>;
  stop(): Promise<void>;
}

const secret = () => randomBytes(32).toString('base64url');
/** A lease with nothing in flight is given back within 10 s. */
const restMs = 15_000;

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const upstream = await startFakeUpstream();
  const own = options.databaseUrl === undefined ? await createTestDatabase() : undefined;
  const databaseUrl = options.databaseUrl ?? own?.url ?? '';
  const database = own?.database ?? openPool({ url: databaseUrl, maxConnections: 4, applicationName: 'e2e' });
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-e2e-'));
  const key = `ab-e2e-${randomBytes(16).toString('hex')}`;
  const configFile = path.join(dataFolder, 'bridge.yaml');
  const config: BridgeConfig = {
    channels: channelsAt(upstream.url),
    models: modelsConfig,
    organizations: [
      organization('main', options.grantTokens ?? 1_000_000_000, { secret: key, ...options.key }, options.limits),
    ],
  };
  fs.writeFileSync(configFile, JSON.stringify(options.config?.(config, upstream) ?? config));
  const environment = {
    DATABASE_URL: options.workerDatabaseUrl ?? databaseUrl,
    HOST: '127.0.0.1',
    WORKER_PORT: String(await freePort()),
    DATA_DIR: dataFolder,
    BRIDGE_KEY_PEPPER: secret(),
    BRIDGE_SEALING_KEY: secret(),
    ...options.environment,
  };
  // As the start command does it, before the worker.
  const prisma = openPrisma(database.pool);
  await applyConfigFile(prisma, readConfigFile(configFile), environment, {});
  await prisma.$disconnect();
  let worker = await startWorker(environment);
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM organization WHERE config_key = 'main' OR name = 'main'`,
  );
  const organizationId = rows[0]?.id ?? '';
  const balance = () => readBalance(database, organizationId);
  return {
    url: worker.url,
    key,
    organizationId,
    upstream,
    database,
    environment,
    dataFolder,
    worker: () => worker,
    async restart() {
      worker = await startWorker(environment);
    },
    async kill9() {
      await worker.end('SIGKILL');
    },
    balance,
    async atRest(withinMs = restMs) {
      const rested = await eventually(
        async () => {
          const now = await balance();
          return now.heldNanoUsd === 0n && now;
        },
        { withinMs, what: () => `credit is still held\n${worker.log().slice(-4_000)}` },
      );
      const drift = await verifyBooks(database);
      if (drift.length > 0)
        throw new Error(
          `the books drift: ${JSON.stringify(drift, (_, value) => (typeof value === 'bigint' ? String(value) : value))}`,
        );
      return rested;
    },
    async stop() {
      upstream.release('*');
      await upstream.stop();
      await worker.end('SIGTERM');
      await (own ? own.drop() : (database as ReturnType<typeof openPool>).close());
      fs.rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
