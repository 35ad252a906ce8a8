import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { readName } from '../names.ts';
import { isUniqueViolation } from '../unique-violation.ts';
import { verifyPassword } from './password.ts';
import { voidTickets } from './tickets.ts';

/** How somebody is called and spoken to. Throws AccessError('name_invalid'). */
export async function updateProfile(
  prisma: PrismaClient,
  change: { readonly userId: string; readonly name: string; readonly locale: string; readonly actor: Actor },
): Promise<void> {
  const { userId, locale, actor } = change;
  const name = readName(change.name);
  await prisma.$transaction(async (session) => {
    await session.user.update({ where: { id: userId }, data: { name, locale } });
    await writeAudit(session, actor, { action: 'user.update', target: userId });
  });
}

/** Whether it is the user's password; a user without one has none that is right. */
export async function isOwnPassword(session: PrismaSession, userId: string, password: string): Promise<boolean> {
  const user = await session.user.findUnique({ where: { id: userId }, select: { passwordHash: true } });
  return user?.passwordHash ? verifyPassword(user.passwordHash, password) : false;
}

/**
 * Sets a password in the caller's transaction: every session but the one named ends, and links that were sent before are void.
 * @param passwordHash of hashPassword, made before the transaction as it takes its time
 */
export async function setPassword(
  session: PrismaSession,
  change: {
    readonly userId: string;
    readonly passwordHash: string;
    readonly exceptSessionId?: string | undefined;
    readonly now: Date;
    readonly actor: Actor;
  },
): Promise<void> {
  const { userId, passwordHash, exceptSessionId, now, actor } = change;
  await session.user.update({ where: { id: userId }, data: { passwordHash } });
  await session.session.updateMany({
    where: { userId, revokedAt: null, ...(exceptSessionId ? { id: { not: exceptSessionId } } : {}) },
    data: { revokedAt: now },
  });
  await voidTickets(session, userId, ['reset_password', 'second_factor', 'change_email']);
  await writeAudit(session, actor, { action: 'user.setPassword', target: userId });
}

/** Confirms the address a ticket is about, where it is the user's still. @returns whether it is */
export async function verifyEmail(
  session: PrismaSession,
  of: { readonly userId: string; readonly email: string; readonly now: Date; readonly actor: Actor },
): Promise<boolean> {
  const { userId, email, now, actor } = of;
  const { count } = await session.user.updateMany({ where: { id: userId, email }, data: { emailVerifiedAt: now } });
  if (count > 0) await writeAudit(session, actor, { action: 'user.verifyEmail', target: userId });
  return count > 0;
}

/** Gives a user the address that they have just shown to be theirs. Throws AccessError('email_taken'). */
export async function changeEmail(
  session: PrismaSession,
  of: { readonly userId: string; readonly email: string; readonly now: Date; readonly actor: Actor },
): Promise<void> {
  const { userId, email, now, actor } = of;
  const data = { email, emailVerifiedAt: now };
  try {
    await session.user.update({ where: { id: userId }, data });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AccessError('email_taken', 'this e-mail address has an account already');
    throw error;
  }
  await voidTickets(session, userId, ['verify_email', 'change_email', 'reset_password']);
  await writeAudit(session, actor, { action: 'user.changeEmail', target: userId });
}
