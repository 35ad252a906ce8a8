import { composition } from '#server/deps.ts';
import type { ModelPrice } from '../components/model-prices.tsx';

const maxModels = 200;

/** A vendor's models on offer with the price in force. */
export async function modelPrices(provider: string): Promise<ModelPrice[]> {
  const { prisma, clock } = composition().deps;
  const inForce = { validFrom: { lte: new Date(clock.now()) } };
  const rows = await prisma.model.findMany({
    where: { provider, enabled: true, prices: { some: inForce } },
    orderBy: { id: 'asc' },
    take: maxModels,
    select: {
      ...{ id: true, contextTokens: true },
      prices: {
        where: inForce,
        orderBy: [{ validFrom: 'desc' }, { version: 'desc' }],
        take: 1,
        select: { input: true, output: true, cacheRead: true, cacheWrite5m: true },
      },
    },
  });
  return rows.flatMap(({ id, contextTokens, prices: [price] }) => (price ? [{ id, contextTokens, ...price }] : []));
}
