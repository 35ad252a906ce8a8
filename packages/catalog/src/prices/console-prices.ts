import type { PrismaClient } from '@ai-bridge/db';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { CatalogError } from '../catalog-error.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { changeableModel } from '../models/console-models.ts';
import { beginningAt, requireNotBegun } from './beginning.ts';
import { figuresOfRow, type PriceFigures, sameFigures } from './figures.ts';
import { rowInForce } from './in-force.ts';
import { datesOfOwnPrice } from './list-source.ts';
import { addPrice } from './set-price.ts';

/**
 * Gives a model another price, from now or from a date on, until the next one that staff have announced. Writes nothing where it is its price then.
 * @param change.validFrom undefined: now
 * @throws CatalogError not_found, model_owned_by_file, date_invalid
 */
export async function changePrice(
  prisma: PrismaClient,
  change: { readonly modelId: string; readonly figures: PriceFigures; readonly validFrom: Date | undefined },
  now: Date,
  actor: CatalogActor,
): Promise<void> {
  const { modelId, figures } = change;
  const validFrom = beginningAt(change.validFrom, now);
  await inCatalogTransaction(prisma, async (session) => {
    await changeableModel(session, modelId, 'price');
    const rows = await session.price.findMany({ where: { modelId } });
    const inForce = rowInForce(rows, validFrom);
    const stored = inForce && figuresOfRow(inForce);
    if (stored && sameFigures(stored, figures)) return;
    for (const from of datesOfOwnPrice(rows, validFrom)) {
      rows.push(await addPrice(session, rows, { modelId, figures, validFrom: from, source: 'console' }, actor));
    }
  });
}

/** Takes back a price that has not begun. @throws CatalogError not_found, model_owned_by_file, already_begun */
export async function withdrawPrice(
  prisma: PrismaClient,
  priceId: string,
  now: Date,
  actor: CatalogActor,
): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => {
    const row = await session.price.findUnique({ where: { id: priceId } });
    if (!row) throw new CatalogError('not_found', 'no such price');
    await changeableModel(session, row.modelId, 'price');
    if (row.withdrawnAt) return;
    requireNotBegun(row.validFrom, now);
    const withdrawn = { withdrawnAt: now, withdrawnByUserId: actor.userId ?? null };
    await session.price.update({ where: { id: priceId }, data: withdrawn });
    const { modelId, version } = row;
    await writeAudit(session, actor, 'price.withdraw', modelId, { priceId, version });
  });
}
