import type { PrismaSession } from '@ai-bridge/db';
import { type CatalogActor, writeAudit } from '../audit.ts';
import type { PlanConfig } from './sections.ts';

/**
 * Makes the file's plans; one that an earlier file made and this one lacks is no longer sold, and is the staff's from then on (orders keep
 * their own snapshot). A plan of the staff's that the file names becomes the file's.
 */
export async function applyPlans(
  session: PrismaSession,
  plans: readonly PlanConfig[],
  actor: CatalogActor,
): Promise<void> {
  const rows = new Map((await session.plan.findMany()).map((row) => [row.id, row]));
  for (const { id, tokens, bonusTokens, price } of plans) {
    const row = rows.get(id);
    rows.delete(id);
    const columns = {
      tokens: BigInt(tokens),
      bonusTokens: BigInt(bonusTokens ?? 0),
      ...price,
      enabled: true,
      origin: 'config',
    };
    const isSame =
      row !== undefined && (Object.keys(columns) as (keyof typeof columns)[]).every((key) => row[key] === columns[key]);
    if (isSame) continue;
    await session.plan.upsert({ where: { id }, create: { id, ...columns }, update: columns });
    await writeAudit(session, actor, row ? 'plan.update' : 'plan.create', id);
  }
  for (const row of rows.values()) {
    if (row.origin !== 'config') continue;
    await session.plan.update({ where: { id: row.id }, data: { enabled: false, origin: 'console' } });
    await writeAudit(session, actor, 'plan.retire', row.id);
  }
}
