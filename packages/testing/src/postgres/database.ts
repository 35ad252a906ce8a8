import { openPool, openPrisma } from '@ai-bridge/db';
import { inject } from 'vitest';
import { templateDatabase } from './cluster.ts';

let counter = 0;

/**
 * A fresh, migrated database of its own on the run's real Postgres. `drop` closes everything and removes it, once what was given to
 * `beforeDrop` is over: work that nobody waits for would else come to a closed pool.
 */
export async function createTestDatabase(maxConnections = 10) {
  const clusterUrl = inject('postgresUrl');
  const name = `test_${process.pid}_${Date.now().toString(36)}_${++counter}`;
  const admin = openPool({ url: clusterUrl, maxConnections: 1, applicationName: 'test-admin' });
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${templateDatabase}`);
  const url = clusterUrl.replace(/\/[^/]*$/, `/${name}`);
  const database = openPool({ url, maxConnections, applicationName: 'test' });
  const prisma = openPrisma(database.pool);
  const endings: (() => Promise<void>)[] = [];
  return {
    name,
    url,
    database,
    prisma,
    beforeDrop: (ending: () => Promise<void>) => void endings.push(ending),
    async drop() {
      for (const ending of endings) await ending();
      await prisma.$disconnect();
      await database.close();
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.close();
    },
  };
}

export type TestDatabase = Awaited<ReturnType<typeof createTestDatabase>>;
