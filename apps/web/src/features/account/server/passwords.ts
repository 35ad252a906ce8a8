import { hashPassword, issueTicket, normalizeEmail, setPassword, spendTicket, verifyEmail } from '@ai-bridge/access';
import type { PrismaSession } from '@ai-bridge/db';
import type { Context } from '#server/context.ts';
import type { Deps } from '#server/deps.ts';
import { refuse } from '#server/errors.ts';
import { requireOwnPassword } from './own-secrets.ts';
import { actorOf, type SignedIn } from './signed-in.ts';
import { tellPerson } from './tell-person.ts';

/**
 * Answers the same, and after the same work, whoever has an account here: the mail is made once the answer is on its way.
 * @throws too_many_attempts, by the address that asks alone
 */
export async function requestReset(
  { deps, address }: Context,
  { email, locale }: { readonly email: string; readonly locale: string },
): Promise<void> {
  if (!(await deps.accountThrottle.admit('resetFromAddress', address))) throw refuse('too_many_attempts');
  if (!(await deps.accountThrottle.admit('resetOfEmail', email))) return;
  if (!deps.afterwards.run(() => sendReset(deps, email, locale))) throw refuse('too_many_attempts');
}

async function sendReset(deps: Deps, typed: string, locale: string): Promise<void> {
  const email = normalizeEmail(typed);
  const user = email === undefined ? null : await deps.prisma.user.findUnique({ where: { email } });
  if (user?.status !== 'active') return;
  await deps.prisma.$transaction((tx) => mailReset(tx, deps, { ...user, locale: user.locale ?? locale }));
}

/** Queues the mail with the link that sets a new password; links mailed before are void. */
export async function mailReset(
  session: PrismaSession,
  deps: Pick<Deps, 'siteUrl' | 'clock'>,
  { id, email, locale }: { readonly id: string; readonly email: string; readonly locale: string | null },
): Promise<void> {
  const now = new Date(deps.clock.now());
  const ticket = await issueTicket(session, { userId: id, purpose: 'reset_password', email, now });
  await tellPerson(session, deps, { email, locale }, { news: 'reset_password', ticket });
}

/**
 * Sets a new password by the link of a mail and signs everybody out. The link shows too that mail to this address reaches its owner.
 * @throws AccessError: password_invalid (the link stays good), ticket_invalid; too_many_attempts
 */
export async function resetPassword(
  { deps, address, requestId }: Context,
  { ticket, password }: { readonly ticket: string; readonly password: string },
): Promise<void> {
  if (!(await deps.accountThrottle.admit('ticketFromAddress', address))) throw refuse('too_many_attempts');
  const passwordHash = await hashPassword(password);
  const now = new Date(deps.clock.now());
  const user = await deps.prisma.$transaction(async (tx) => {
    const { userId, email } = await spendTicket(tx, ticket, { purposes: ['reset_password'], address, now });
    const actor = { kind: 'console', userId, address, requestId } as const;
    await setPassword(tx, { userId, passwordHash, now, actor });
    await verifyEmail(tx, { userId, email, now, actor });
    const owner = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    await tellPerson(tx, deps, owner, { news: 'password_changed' });
    return owner;
  });
  await deps.accountThrottle.signedIn(address, user.email);
  deps.sessions.forgetAll();
}

/** Changes one's own password and signs other devices out. @throws AccessError: password_wrong, password_invalid; too_many_attempts */
export async function changePassword(
  call: SignedIn,
  { present, password }: { readonly present: string; readonly password: string },
): Promise<void> {
  const { deps, session } = call;
  await requireOwnPassword(call, present);
  const passwordHash = await hashPassword(password);
  const now = new Date(deps.clock.now());
  const change = { userId: session.user.id, passwordHash, exceptSessionId: session.sessionId, now };
  await deps.prisma.$transaction(async (tx) => {
    await setPassword(tx, { ...change, actor: actorOf(call) });
    await tellPerson(tx, deps, session.user, { news: 'password_changed' });
  });
  deps.sessions.forgetAll();
}
