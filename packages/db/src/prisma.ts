import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { type Prisma, PrismaClient } from './generated/client.ts';
import type { Database, Sql } from './sql.ts';

export type { Prisma } from './generated/client.ts';
export { PrismaClient } from './generated/client.ts';

/** Either the client or a transaction of it: what packages take for reading and editing rows. */
export type PrismaSession = PrismaClient | Prisma.TransactionClient;

/** A Prisma client on an existing pool, so that both ways of asking share its connections. */
export function openPrisma(pool: pg.Pool): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: { maxWait: 10_000, timeout: 20_000 } });
}

/** A Prisma client or transaction as plain SQL, for the packages that write SQL (ledger, usage). */
export function sqlOf(session: PrismaSession): Sql {
  return {
    query: <Row extends object>(text: string, values: readonly unknown[] = []) =>
      session.$queryRawUnsafe<Row[]>(text, ...values),
  };
}

/** The same with transactions. */
export function databaseOf(prisma: PrismaClient): Database {
  return {
    ...sqlOf(prisma),
    transaction: (work) => prisma.$transaction((session) => work(sqlOf(session))),
  };
}
