import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { readName } from '../names.ts';
import { hashPassword } from '../people/password.ts';
import { verifyEmail } from '../people/profile.ts';
import { createUser } from '../people/users.ts';
import { isUniqueViolation } from '../unique-violation.ts';
import { type FoundInvitation, findInvitation, invalidInvitation } from './invitations.ts';
import { lockOrganization } from './lock-organization.ts';
import { maxMembers } from './members.ts';

export interface Acceptance {
  readonly token: string;
  readonly userId: string;
  readonly now: Date;
  readonly actor: Actor;
}

/**
 * Makes somebody a member by the link that was mailed to their address, which it confirms. Accepted again by the same person while they are a
 * member, nothing happens; of many at once, one counts. Throws AccessError: invitation_invalid, other_address, member_limit_reached.
 */
export async function acceptInvitation(
  prisma: PrismaClient,
  { token, userId, now, actor }: Acceptance,
): Promise<{ readonly organizationId: string }> {
  return prisma.$transaction(async (session) => {
    const found = await findLocked(session, token, now);
    const { organizationId, email } = found;
    const user = await session.user.findUniqueOrThrow({ where: { id: userId } });
    if (user.email !== email || user.status !== 'active')
      throw new AccessError('other_address', 'this invitation is for another address');
    if (found.acceptedByUserId) {
      const isMember = (await session.member.count({ where: { organizationId, userId } })) > 0;
      if (found.acceptedByUserId === userId && isMember) return { organizationId };
      throw invalidInvitation();
    }
    if (!user.emailVerifiedAt) await verifyEmail(session, { userId, email, now, actor });
    await join(session, found, { userId, now, actor });
    return { organizationId };
  });
}

export interface Newcomer {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  readonly locale: string;
  readonly now: Date;
  readonly actor: Actor;
}

/**
 * Makes an account for the invited address, confirmed by the link, and its owner a member. They get no organization of their own.
 * Throws AccessError: invitation_invalid, email_taken (sign in instead), name_invalid, password_invalid, member_limit_reached.
 */
export async function signUpByInvitation(
  prisma: PrismaClient,
  newcomer: Newcomer,
): Promise<{ readonly userId: string; readonly organizationId: string; readonly email: string }> {
  const { token, locale, now, actor } = newcomer;
  const name = readName(newcomer.name);
  const passwordHash = await hashPassword(newcomer.password);
  try {
    return await prisma.$transaction(async (session) => {
      const found = await findLocked(session, token, now);
      if (found.acceptedByUserId) throw invalidInvitation();
      const { email, organizationId } = found;
      const userId = await createUser(session, { email, name, passwordHash, locale, emailVerifiedAt: now, actor });
      await join(session, found, { userId, now, actor: { ...actor, userId } });
      return { userId, organizationId, email };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AccessError('email_taken', 'this e-mail address has an account already');
    throw error;
  }
}

/** The organization first, then the invitation: what was found before the lock may have changed meanwhile. */
async function findLocked(session: PrismaSession, token: string, now: Date): Promise<FoundInvitation> {
  const { organizationId } = await findInvitation(session, token, now);
  await lockOrganization(session, organizationId);
  return findInvitation(session, token, now);
}

async function join(
  session: PrismaSession,
  { id, organizationId, role }: FoundInvitation,
  { userId, now, actor }: { readonly userId: string; readonly now: Date; readonly actor: Actor },
): Promise<void> {
  const isMember = (await session.member.count({ where: { organizationId, userId } })) > 0;
  if (!isMember && (await session.member.count({ where: { organizationId } })) >= maxMembers)
    throw new AccessError('member_limit_reached', `expected at most ${maxMembers} members`);
  if (!isMember) await session.member.create({ data: { organizationId, userId, role, createdAt: now } });
  await session.invitation.update({ where: { id }, data: { acceptedAt: now, acceptedByUserId: userId } });
  await writeAudit(session, actor, { action: 'invitation.accept', target: id, organizationId, detail: { role } });
}
