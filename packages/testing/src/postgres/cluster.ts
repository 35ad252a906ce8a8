import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPool } from '@ai-bridge/db';
import { deployMigrations, prismaFolder } from '@ai-bridge/db/migrate';
import { freePort, startEmbeddedPostgres } from '@ai-bridge/dev';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the test cluster's maintenance database. */
    postgresUrl: string;
  }
}

export const templateDatabase = 'bridge_template';
const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** Starts one Postgres for the whole run and migrates a template that every test copies. Returns how to stop it. */
export async function startTestCluster(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-test-postgres-'));
  const postgres = await startEmbeddedPostgres({
    dataFolder,
    port: await freePort(),
    // A test cluster is thrown away, so it need not survive a power cut; tests of crashes kill processes, not the disk.
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '300', shared_buffers: '64MB' },
  });
  const admin = openPool({ url: postgres.url('postgres'), maxConnections: 1, applicationName: 'test-cluster' });
  await admin.query(`CREATE DATABASE ${templateDatabase}`);
  await deployMigrations(postgres.url(templateDatabase), prismaFolder(root));
  await admin.close();
  return {
    url: postgres.url('postgres'),
    async stop() {
      await postgres.stop('immediate');
      fs.rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** vitest's global set-up. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  project.provide('postgresUrl', cluster.url);
  return () => cluster.stop();
}
