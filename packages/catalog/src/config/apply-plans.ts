import { isDeepStrictEqual } from 'node:util';
import { columnChanges, type PrismaSession } from '@ai-bridge/db';
import { type CatalogActor, writeAudit } from '../audit.ts';
import type { PlanConfig } from './sections.ts';

/**
 * Makes the file's plans, shown in its order; one that an earlier file made and this one lacks is no longer sold, and is the staff's from
 * then on (orders keep what they sold). A plan of the staff's that the file names becomes the file's.
 */
export async function applyPlans(
  session: PrismaSession,
  plans: readonly PlanConfig[],
  actor: CatalogActor,
): Promise<void> {
  const rows = new Map((await session.plan.findMany()).map((row) => [row.id, row]));
  for (const [displayOrder, plan] of plans.entries()) {
    const { id } = plan;
    const row = rows.get(id);
    rows.delete(id);
    const columns = { ...columnsOf(plan), displayOrder };
    const isSame =
      row &&
      (Object.keys(columns) as (keyof typeof columns)[]).every((key) => isDeepStrictEqual(row[key], columns[key]));
    if (isSame) continue;
    await session.plan.upsert({ where: { id }, create: { id, ...columns }, update: columns });
    await writeAudit(session, actor, row ? 'plan.update' : 'plan.create', id, { changed: columnChanges(row, columns) });
  }
  for (const row of rows.values()) {
    if (row.origin !== 'config') continue;
    await session.plan.update({ where: { id: row.id }, data: { enabled: false, origin: 'console' } });
    await writeAudit(session, actor, 'plan.retire', row.id);
  }
}

function columnsOf({ displayName, tokens, bonusTokens, price, activeFrom, activeUntil }: PlanConfig) {
  return {
    displayName: displayName ?? null,
    tokens: BigInt(tokens),
    bonusTokens: BigInt(bonusTokens ?? 0),
    ...price,
    activeFrom: activeFrom ?? null,
    activeUntil: activeUntil ?? null,
    enabled: true,
    origin: 'config',
  };
}
