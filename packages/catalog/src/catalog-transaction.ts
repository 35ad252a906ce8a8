import type { Prisma, PrismaClient } from '@ai-bridge/db';

/** Fixed number of the advisory lock under which the catalog is changed, one process at a time. */
const catalogLock = 7_215_001;
const timeoutMs = 60_000;

/** A transaction for changes that first look at what is there: several processes apply the same file at their start. */
export function inCatalogTransaction<Result>(
  prisma: PrismaClient,
  work: (session: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  return prisma.$transaction(
    async (session) => {
      await session.$executeRaw`SELECT pg_advisory_xact_lock(${catalogLock}::bigint)`;
      return work(session);
    },
    { timeout: timeoutMs, maxWait: timeoutMs },
  );
}
