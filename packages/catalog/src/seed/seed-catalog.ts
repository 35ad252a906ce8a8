import type { PrismaClient } from '@ai-bridge/db';
import { writeAudit } from '../audit.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { type FiguresRow, figuresOfRow, sameFigures } from '../prices/figures.ts';
import { type DatedRow, rowInForce } from '../prices/in-force.ts';
import { listSource } from '../prices/list-source.ts';
import { nextVersion } from '../prices/set-price.ts';
import { fillTakes } from './fill-takes.ts';
import { type ListedModel, type ListedPrice, readPriceList } from './price-list.ts';

/**
 * Puts the shipped models and list prices into the database: what is missing is added, a listed figure that changed
 * becomes a new version, and a model whose price an operator has set is left alone. So is what an operator said a model takes. Applied again, it does nothing.
 */
export async function seedCatalog(
  prisma: PrismaClient,
  { list = readPriceList(), now = new Date() }: { list?: readonly ListedModel[]; now?: Date } = {},
): Promise<{ models: number; prices: number }> {
  return inCatalogTransaction(prisma, async (session) => {
    const stored = await session.model.findMany();
    const known = new Set(stored.map(({ id }) => id));
    const models = list.filter(({ model }) => !known.has(model)).map(modelColumns);
    const rows = await session.price.findMany();
    const prices = list.flatMap((listed) => {
      const ofModel = rows.filter(({ modelId }) => modelId === listed.model);
      return pricesToAdd(listed, ofModel, now);
    });
    const added = { models: models.length, prices: prices.length };
    if (added.models > 0) await session.model.createMany({ data: models });
    if (added.prices > 0) await session.price.createMany({ data: prices });
    await fillTakes(session, list, stored);
    if (added.models + added.prices > 0)
      await writeAudit(session, { kind: 'system' }, 'catalog.seed', 'catalog', added);
    return added;
  });
}

function modelColumns(listed: ListedModel) {
  return {
    id: listed.model,
    provider: listed.provider,
    displayName: listed.displayName,
    contextTokens: listed.contextTokens ?? null,
    maxOutputTokens: listed.maxOutputTokens ?? null,
    takesImages: listed.capabilities?.images ?? null,
    takesTools: listed.capabilities?.tools ?? null,
    takesDocuments: listed.capabilities?.documents ?? null,
    fallback: [...listed.fallback],
  };
}

type StoredPrice = DatedRow & FiguresRow & { readonly source: string };

/** Whether staff have withdrawn this very announcement: it does not come back with the next start. */
function isWithdrawn({ validFrom, figures }: ListedPrice, stored: readonly StoredPrice[]): boolean {
  return stored.some((row) => {
    if (!row.withdrawnAt || row.validFrom.getTime() !== validFrom.getTime()) return false;
    const withdrawn = figuresOfRow(row);
    return withdrawn !== undefined && sameFigures(withdrawn, figures);
  });
}

/** The rows that a model's listed prices add to those it has. */
function pricesToAdd(listed: ListedModel, stored: readonly StoredPrice[], now: Date) {
  if (stored.some(({ source, withdrawnAt }) => !source.startsWith(listSource) && !withdrawnAt)) return [];
  const isNew = stored.length === 0;
  const rows = [...stored];
  const added: ReturnType<typeof nextVersion>[] = [];
  const lastPast = listed.prices.findLast(({ validFrom }) => validFrom <= now);
  for (const price of listed.prices) {
    const isPast = price.validFrom <= now;
    // Of prices whose date has passed, only the last one matters to a model that has been sold already.
    if (!isNew && isPast && price !== lastPast) continue;
    const inForce = rowInForce(rows, isPast ? now : price.validFrom);
    const figures = inForce && figuresOfRow(inForce);
    if (figures && sameFigures(figures, price.figures)) continue;
    if (isWithdrawn(price, stored)) continue;
    const row = nextVersion(rows, {
      modelId: listed.model,
      figures: price.figures,
      validFrom: isPast && !isNew ? now : price.validFrom,
      source: listSource + price.source,
      copiedFrom: price.copiedFrom,
    });
    rows.push(row);
    added.push(row);
  }
  return added;
}
