import { type PrismaClient, sqlOf } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { readStaffRole, type StaffRole } from '../permissions.ts';

/**
 * Gives a user a staff role or takes it away (null).
 * Throws AccessError: not_found, last_administrator (someone must be left who can name the next).
 */
export async function setStaffRole(
  prisma: PrismaClient,
  change: { readonly userId: string; readonly staffRole: StaffRole | null; readonly actor?: Actor | undefined },
): Promise<void> {
  await prisma.$transaction(async (session) => {
    // Locking every administrator's row makes two that demote each other take turns.
    const administrators = await sqlOf(session).query<{ id: string }>(
      `SELECT id FROM "user" WHERE staff_role = 'administrator' AND status = 'active' ORDER BY id FOR UPDATE`,
    );
    const user = await session.user.findUnique({ where: { id: change.userId } });
    if (!user) throw new AccessError('not_found', 'no such user');
    const isAdministrator = administrators.some(({ id }) => id === user.id);
    if (isAdministrator && change.staffRole !== 'administrator' && administrators.length === 1)
      throw new AccessError('last_administrator', 'another administrator has to be named first');
    await session.user.update({ where: { id: user.id }, data: { staffRole: change.staffRole } });
    await writeAudit(session, change.actor, {
      action: 'user.setStaffRole',
      target: user.id,
      detail: { from: readStaffRole(user.staffRole) ?? null, to: change.staffRole },
    });
  });
}
