import { type PrismaClient, type PrismaSession, sqlOf } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';

/**
 * The administrators who can sign in, their rows locked: two who demote or suspend each other take turns.
 * Whoever takes one away throws where none would be left.
 */
export async function lockAdministrators(session: PrismaSession): Promise<readonly string[]> {
  const rows = await sqlOf(session).query<{ id: string }>(
    `SELECT id FROM "user" WHERE staff_role = 'administrator' AND status = 'active' ORDER BY id FOR UPDATE`,
  );
  return rows.map(({ id }) => id);
}

/** Throws AccessError('last_administrator') where this is the only one. */
export function keepOneAdministrator(administrators: readonly string[], userId: string): void {
  if (administrators.length === 1 && administrators[0] === userId)
    throw new AccessError('last_administrator', 'another administrator has to be named first');
}

/**
 * Shuts a person out, ending all their sessions, or lets them in again. Their organizations and those keys go on.
 * Throws AccessError: not_found, last_administrator.
 */
export async function setUserSuspended(
  prisma: PrismaClient,
  change: {
    readonly userId: string;
    readonly suspended: boolean;
    readonly reason: string;
    readonly now: Date;
    readonly actor: Actor;
  },
): Promise<void> {
  const { userId, suspended, reason, now, actor } = change;
  await prisma.$transaction(async (session) => {
    const administrators = await lockAdministrators(session);
    if (suspended) keepOneAdministrator(administrators, userId);
    const status = suspended ? 'suspended' : 'active';
    const { count } = await session.user.updateMany({ where: { id: userId, deletedAt: null }, data: { status } });
    if (count === 0) throw new AccessError('not_found', 'no such user');
    if (suspended) await session.session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } });
    const action = suspended ? 'user.suspend' : 'user.resume';
    await writeAudit(session, actor, { action, target: userId, detail: { reason } });
  });
}
