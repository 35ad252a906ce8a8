import { isDeepStrictEqual } from 'node:util';
import type { PrismaSession } from '@ai-bridge/db';
import { type CatalogActor, writeAudit } from '../audit.ts';
import type { PlanConfig } from './sections.ts';

/**
 * Makes the plans on sale exactly the file's, shown in its order: one that it lacks is no longer sold (orders keep what they sold).
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
    await writeAudit(session, actor, row ? 'plan.update' : 'plan.create', id);
  }
  for (const row of rows.values()) {
    if (!row.enabled) continue;
    await session.plan.update({ where: { id: row.id }, data: { enabled: false } });
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
  };
}
