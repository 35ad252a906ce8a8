import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { CatalogError } from '../catalog-error.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { beginningAt, requireNotBegun } from '../prices/beginning.ts';
import { type DatedState, datedStates } from '../prices/dated-state.ts';
import { changeableGroup } from './console-groups.ts';
import { readMultiplier } from './multiplier.ts';
import { addMultiplier } from './set-multiplier.ts';

/** A multiplier that a group had, has or will have. */
export interface MultiplierView {
  readonly version: number;
  readonly multiplierBasisPoints: number;
  readonly validFrom: Date;
  readonly source: string;
  readonly createdAt: Date;
  readonly withdrawnAt: Date | null;
  readonly state: DatedState;
}

/** All of a group's multipliers, the latest date first. */
export async function listMultipliers(
  session: PrismaSession,
  groupId: string,
  now: Date,
): Promise<readonly MultiplierView[]> {
  const rows = await session.groupMultiplier.findMany({
    where: { groupId },
    orderBy: [{ validFrom: 'desc' }, { version: 'desc' }],
  });
  const stateOf = datedStates(rows, now);
  return rows.map((row) => {
    const { version, multiplierBasisPoints, validFrom, source, createdAt, withdrawnAt } = row;
    return { version, multiplierBasisPoints, validFrom, source, createdAt, withdrawnAt, state: stateOf(row) };
  });
}

/**
 * Gives a group another multiplier, from now or from a date on, until the next one that is announced.
 * @param change.multiplier as a decimal such as "0.8", @param change.validFrom undefined: now
 * @throws CatalogError not_found, group_invalid, group_owned_by_file, date_invalid
 */
export async function changeMultiplier(
  prisma: PrismaClient,
  change: { readonly groupId: string; readonly multiplier: string; readonly validFrom: Date | undefined },
  now: Date,
  actor: CatalogActor,
): Promise<void> {
  const { groupId } = change;
  const multiplierBasisPoints = readMultiplier(change.multiplier);
  await inCatalogTransaction(prisma, async (session) => {
    await changeableGroup(session, groupId);
    const rows = await session.groupMultiplier.findMany({ where: { groupId } });
    const validFrom = beginningAt(change.validFrom, now);
    await addMultiplier(session, rows, { groupId, multiplierBasisPoints, validFrom, source: 'console' }, actor);
  });
}

/** Takes back a multiplier that has not begun. @throws CatalogError not_found, group_owned_by_file, already_begun */
export async function withdrawMultiplier(
  prisma: PrismaClient,
  of: { readonly groupId: string; readonly version: number },
  now: Date,
  actor: CatalogActor,
): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => {
    await changeableGroup(session, of.groupId);
    const row = await session.groupMultiplier.findUnique({ where: { groupId_version: of } });
    if (!row) throw new CatalogError('not_found', 'no such multiplier');
    if (row.withdrawnAt) return;
    requireNotBegun(row.validFrom, now);
    const withdrawn = { withdrawnAt: now, withdrawnByUserId: actor.userId ?? null };
    await session.groupMultiplier.update({ where: { groupId_version: of }, data: withdrawn });
    await writeAudit(session, actor, 'group.multiplier.withdraw', of.groupId, { version: of.version });
  });
}
