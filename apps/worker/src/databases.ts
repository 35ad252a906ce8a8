import { type Database, openPool, openPrisma, type PrismaClient } from '@ai-bridge/db';
import { countStatements } from './database-counter.ts';

const connectTimeoutMs = 2_000;

/** The worker's connections to Postgres. */
export interface Databases {
  /** Settlement, look-ups, the catalog. */
  readonly main: Database;
  /** Leases alone, with short bounds: nothing else may keep admission waiting. */
  readonly admission: Database;
  readonly prisma: PrismaClient;
  /** Statements sent so far, Prisma's aside. */
  statements(): number;
  close(): Promise<void>;
}

export function openDatabases(url: string): Databases {
  const mainPool = openPool({
    url,
    maxConnections: 6,
    connectTimeoutMs,
    statementTimeoutMs: 5_000,
    applicationName: 'ai-bridge-worker',
  });
  const admissionPool = openPool({
    url,
    maxConnections: 3,
    connectTimeoutMs,
    statementTimeoutMs: 2_000,
    applicationName: 'ai-bridge-worker-leases',
  });
  const main = countStatements(mainPool);
  const admission = countStatements(admissionPool);
  const prisma = openPrisma(mainPool.pool);
  return {
    main,
    admission,
    prisma,
    statements: () => main.statements + admission.statements,
    async close() {
      await prisma.$disconnect();
      await Promise.all([mainPool.close(), admissionPool.close()]);
    },
  };
}
