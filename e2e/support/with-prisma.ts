import { openPool, openPrisma, type PrismaClient } from '@ai-bridge/db';
import type { Stack } from './stack.ts';

/** Works on a relay's database as the console has it. */
export async function withPrisma<Result>(
  { environment }: Pick<Stack, 'environment'>,
  work: (prisma: PrismaClient) => Promise<Result>,
): Promise<Result> {
  const pool = openPool({ url: environment['DATABASE_URL'] ?? '', maxConnections: 1, applicationName: 'e2e' });
  const prisma = openPrisma(pool.pool);
  try {
    return await work(prisma);
  } finally {
    await prisma.$disconnect();
    await pool.close();
  }
}
