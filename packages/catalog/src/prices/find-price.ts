import type { PrismaSession } from '@ai-bridge/db';
import type { Price } from '@ai-bridge/domain';
import { priceOfRow } from './figures.ts';

/** A price by its id, in force or not: what was agreed on is charged. Undefined where there is none, or its tiers cannot be read. */
export async function findPrice(prisma: PrismaSession, id: string): Promise<Price | undefined> {
  const row = await prisma.price.findUnique({ where: { id } });
  return row ? priceOfRow(row) : undefined;
}
