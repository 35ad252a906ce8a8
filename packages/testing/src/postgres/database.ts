import { openPool, openPrisma } from '@ai-bridge/db';
import { inject } from 'vitest';
import { templateDatabase } from './cluster.ts';

let counter = 0;

/** A fresh, migrated database of its own on the run's real Postgres. `drop` closes everything and removes it. */
export async function createTestDatabase(maxConnections = 10) {
  const clusterUrl = inject('postgresUrl');
  const name = `test_${process.pid}_${Date.now().toString(36)}_${++counter}`;
  const admin = openPool({ url: clusterUrl, maxConnections: 1, applicationName: 'test-admin' });
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${templateDatabase}`);
  const url = clusterUrl.replace(/\/[^/]*$/, `/${name}`);
  const database = openPool({ url, maxConnections, applicationName: 'test' });
  const prisma = openPrisma(database.pool);
  return {
    name,
    url,
    database,
    prisma,
    async drop() {
      await prisma.$disconnect();
      await database.close();
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.close();
    },
  };
}

export type TestDatabase = Awaited<ReturnType<typeof createTestDatabase>>;
