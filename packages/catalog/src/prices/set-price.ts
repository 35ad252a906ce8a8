import type { Prisma, PrismaSession } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { figuresColumns, figuresOfRow, type PriceFigures, sameFigures } from './figures.ts';
import { type DatedRow, datesAhead, rowInForce } from './in-force.ts';
import { priceText } from './price-text.ts';

export type PriceRow = Awaited<ReturnType<PrismaSession['price']['findMany']>>[number];

export interface NewPrice {
  readonly modelId: string;
  readonly figures: PriceFigures;
  readonly validFrom: Date;
  /** Where the figures come from, for whoever audits a bill. */
  readonly source: string;
  readonly copiedFrom?: string | undefined;
}

/** A new price as a row: the version after those the model has. The unique (model, version) refuses two at once. */
export function nextVersion(rows: readonly DatedRow[], price: NewPrice) {
  return {
    id: newId('prc'),
    modelId: price.modelId,
    version: Math.max(0, ...rows.map(({ version }) => version)) + 1,
    validFrom: price.validFrom,
    source: price.source,
    copiedFrom: price.copiedFrom ?? null,
    ...figuresColumns(price.figures),
  };
}

/**
 * Makes these figures the model's price from `validFrom` on, and at every later date for which another price was
 * announced: an operator's own price outlasts a listed change. Rows are never edited; where the row in force says the
 * same already, nothing is written. `rows` are all the model has. Returns how many were added.
 */
export async function setPrice(
  session: PrismaSession,
  rows: readonly PriceRow[],
  price: NewPrice,
  actor: CatalogActor,
): Promise<number> {
  const all = [...rows];
  for (const validFrom of [price.validFrom, ...datesAhead(rows, price.validFrom)]) {
    const inForce = rowInForce(all, validFrom);
    const stored = inForce && figuresOfRow(inForce);
    if (stored && sameFigures(stored, price.figures)) continue;
    all.push(await addPrice(session, all, { ...price, validFrom }, actor));
  }
  return all.length - rows.length;
}

/** What was asked before a price begins, and what is from then on, in USD: as the audit log keeps it. */
export function figuresChange(rows: readonly PriceRow[], figures: PriceFigures, validFrom: Date) {
  const inForce = rowInForce(rows, validFrom);
  const before = inForce && figuresOfRow(inForce);
  const change = { from: before ? priceText(before) : null, to: priceText(figures) };
  return change as unknown as { readonly from: Prisma.InputJsonObject | null; readonly to: Prisma.InputJsonObject };
}

/** Adds a price, whatever was in force before. `rows` are all the model has. @returns the new one */
export async function addPrice(
  session: PrismaSession,
  rows: readonly PriceRow[],
  price: NewPrice,
  actor: CatalogActor,
): Promise<PriceRow> {
  const row = await session.price.create({ data: nextVersion(rows, price) });
  const { id: priceId, version, validFrom } = row;
  const when = { priceId, version, validFrom: validFrom.toISOString(), source: price.source };
  const detail = { ...when, ...figuresChange(rows, price.figures, validFrom) };
  await writeAudit(session, actor, 'price.add', price.modelId, detail);
  return row;
}
