import path from 'node:path';
import { openPool } from '@ai-bridge/db';
import { freePort } from '../ports.ts';
import { startEmbeddedPostgres } from '../postgres/index.ts';
import { UserError } from '../user-error.ts';
import type { StartEnv } from './env.ts';

const databaseName = 'bridge';

export interface RunningDatabase {
  readonly url: string;
  stop(mode: 'fast' | 'immediate'): Promise<void>;
}

/** The folder of the embedded cluster. */
export function clusterFolder(dataFolder: string): string {
  return path.join(dataFolder, 'postgres');
}

/** The database of DATABASE_URL, or an embedded Postgres on a free port with a database of its own. */
export async function openDatabase(env: Pick<StartEnv, 'databaseUrl' | 'dataFolder'>): Promise<RunningDatabase> {
  if (env.databaseUrl) {
    await checkReachable(env.databaseUrl);
    return { url: env.databaseUrl, stop: async () => {} };
  }
  const postgres = await startEmbeddedPostgres({ dataFolder: clusterFolder(env.dataFolder), port: await freePort() });
  const admin = openPool({ url: postgres.url('postgres'), maxConnections: 1, applicationName: 'start' });
  try {
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName]);
    if (found.length === 0) await admin.query(`CREATE DATABASE ${databaseName}`);
  } catch (error) {
    await postgres.stop('fast');
    throw error;
  } finally {
    await admin.close();
  }
  return { url: postgres.url(databaseName), stop: (mode) => postgres.stop(mode) };
}

async function checkReachable(url: string): Promise<void> {
  const pool = openPool({ url, maxConnections: 1, connectTimeoutMs: 5_000, applicationName: 'start' });
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    // The address without user and password: an error line ends up in logs.
    const where = URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : 'the given address';
    throw new UserError(`The database of DATABASE_URL (${where}) cannot be used: ${(error as Error).message}`);
  } finally {
    await pool.close();
  }
}
