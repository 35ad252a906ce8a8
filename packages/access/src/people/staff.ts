import type { PrismaClient } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { readStaffRole, type StaffRole } from '../permissions.ts';
import { keepOneAdministrator, lockAdministrators } from './suspend-user.ts';

/**
 * Gives a user a staff role or takes it away (null).
 * Throws AccessError: not_found, last_administrator (someone must be left who can name the next).
 */
export async function setStaffRole(
  prisma: PrismaClient,
  change: {
    readonly userId: string;
    readonly staffRole: StaffRole | null;
    readonly reason?: string | undefined;
    readonly actor?: Actor | undefined;
  },
): Promise<void> {
  await prisma.$transaction(async (session) => {
    const administrators = await lockAdministrators(session);
    const user = await session.user.findUnique({ where: { id: change.userId } });
    if (!user) throw new AccessError('not_found', 'no such user');
    if (change.staffRole !== 'administrator') keepOneAdministrator(administrators, user.id);
    await session.user.update({ where: { id: user.id }, data: { staffRole: change.staffRole } });
    await writeAudit(session, change.actor, {
      action: 'user.setStaffRole',
      target: user.id,
      detail: {
        ...{ from: readStaffRole(user.staffRole) ?? null, to: change.staffRole },
        ...(change.reason !== undefined && { reason: change.reason }),
      },
    });
  });
}
