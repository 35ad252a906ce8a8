import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import type { CatalogActor } from '../audit.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { figuresOfRow, sameFigures } from '../prices/figures.ts';
import { rowInForce } from '../prices/in-force.ts';
import { addPrice, type PriceRow } from '../prices/set-price.ts';
import { type ListedModel, readPriceList } from './price-list.ts';

/** How a price row says that it came with the product, and not from an operator. */
const listSource = 'price list: ';
const actor: CatalogActor = { kind: 'system' };

/**
 * Puts the shipped models and list prices into the database: what is missing is added, a listed figure that changed
 * becomes a new version, and a model whose price an operator has set is left alone. Applied again, it does nothing.
 */
export async function seedCatalog(
  prisma: PrismaClient,
  { list = readPriceList(), now = new Date() }: { list?: readonly ListedModel[]; now?: Date } = {},
): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => {
    const known = new Set((await session.model.findMany({ select: { id: true } })).map(({ id }) => id));
    const missing = list.filter(({ model }) => !known.has(model));
    if (missing.length > 0) await session.model.createMany({ data: missing.map(modelColumns) });
    const priced = Map.groupBy(await session.price.findMany(), ({ modelId }) => modelId);
    for (const model of list) await seedPrices(session, model, priced.get(model.model) ?? [], now);
  });
}

function modelColumns(listed: ListedModel) {
  return {
    id: listed.model,
    provider: listed.provider,
    displayName: listed.displayName,
    contextTokens: listed.contextTokens ?? null,
    maxOutputTokens: listed.maxOutputTokens ?? null,
    fallback: [...listed.fallback],
  };
}

async function seedPrices(session: PrismaSession, listed: ListedModel, rows: PriceRow[], now: Date): Promise<void> {
  if (rows.some(({ source }) => !source.startsWith(listSource))) return;
  const isNew = rows.length === 0;
  const inForce = rowInForce(
    listed.prices.map((price, version) => ({ ...price, version })),
    now,
  );
  for (const price of listed.prices) {
    const isPast = price.validFrom <= now;
    // Of prices whose date has passed, only the last one matters to a database that has prices already.
    if (!isNew && isPast && price.validFrom !== inForce?.validFrom) continue;
    const row = rowInForce(rows, isPast ? now : price.validFrom);
    const stored = row && figuresOfRow(row);
    if (stored && sameFigures(stored, price.figures)) continue;
    const validFrom = !isNew && isPast ? now : price.validFrom;
    const { figures, copiedFrom } = price;
    const added = { modelId: listed.model, figures, copiedFrom, source: listSource + price.source, validFrom };
    rows.push(await addPrice(session, rows, added, actor));
  }
}
