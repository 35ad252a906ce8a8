import { type PrismaClient, sqlOf } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';

/**
 * Takes all of an organization's keys away for good, as after a leak: workers refuse them within a second.
 * @returns how many there were. Throws AccessError('not_found').
 */
export async function revokeAllApiKeys(
  prisma: PrismaClient,
  of: { readonly organizationId: string; readonly reason: string; readonly now: Date; readonly actor: Actor },
): Promise<number> {
  const { organizationId, reason, now, actor } = of;
  return prisma.$transaction(async (session) => {
    // As who makes a key holds it too: none slips in meanwhile.
    const found = await sqlOf(session).query('SELECT 1 FROM organization WHERE id = $1 FOR UPDATE', [organizationId]);
    if (found.length === 0) throw new AccessError('not_found', 'no such organization');
    const live = { organizationId, deletedAt: null };
    const keys = await session.apiKey.findMany({ where: live, select: { id: true, name: true } });
    await session.apiKey.updateMany({
      where: { id: { in: keys.map(({ id }) => id) }, deletedAt: null },
      data: { deletedAt: now },
    });
    for (const { id, name } of keys)
      await writeAudit(session, actor, {
        action: 'apiKey.revoke',
        target: id,
        organizationId,
        detail: { name, reason },
      });
    return keys.length;
  });
}
