import type { PrismaSession } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { figuresColumns, figuresOfRow, type PriceFigures, sameFigures } from './figures.ts';
import { datesAhead, rowInForce } from './in-force.ts';

export type PriceRow = Awaited<ReturnType<PrismaSession['price']['findMany']>>[number];

/**
 * Makes these figures the model's price from `now` on, and at every later date for which another price was announced:
 * an operator's own price outlasts a listed change. Rows are never edited; where the row in force says the same
 * already, nothing is written. Takes the rows the model has, returns those it added.
 */
export async function setPrice(
  session: PrismaSession,
  rows: readonly PriceRow[],
  price: { readonly modelId: string; readonly figures: PriceFigures; readonly source: string; readonly now: Date },
  actor: CatalogActor,
): Promise<PriceRow[]> {
  const all = [...rows];
  for (const date of [price.now, ...datesAhead(rows, price.now)]) {
    const row = rowInForce(all, date);
    const stored = row && figuresOfRow(row);
    if (stored && sameFigures(stored, price.figures)) continue;
    all.push(await addPrice(session, all, { ...price, validFrom: date }, actor));
  }
  return all.slice(rows.length);
}

/** Adds one version after those the model has. The unique (model, version) refuses two at once. */
export async function addPrice(
  session: PrismaSession,
  rows: readonly { readonly version: number }[],
  price: {
    readonly modelId: string;
    readonly figures: PriceFigures;
    readonly source: string;
    readonly copiedFrom?: string | undefined;
    readonly validFrom: Date;
  },
  actor: CatalogActor,
): Promise<PriceRow> {
  const row = await session.price.create({
    data: {
      id: newId('prc'),
      modelId: price.modelId,
      version: Math.max(0, ...rows.map(({ version }) => version)) + 1,
      validFrom: price.validFrom,
      source: price.source,
      copiedFrom: price.copiedFrom ?? null,
      ...figuresColumns(price.figures),
    },
  });
  await writeAudit(session, actor, 'price.add', price.modelId, { priceId: row.id, version: row.version });
  return row;
}
