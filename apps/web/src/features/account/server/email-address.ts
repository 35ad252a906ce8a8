import { AccessError, changeEmail, issueTicket, normalizeEmail, spendTicket, verifyEmail } from '@ai-bridge/access';
import { readSettings, type SiteSettings } from '@ai-bridge/catalog';
import type { PrismaSession } from '@ai-bridge/db';
import type { Context } from '#server/context.ts';
import type { Deps } from '#server/deps.ts';
import { refuse } from '#server/errors.ts';
import { requireOwnPassword } from './own-secrets.ts';
import { giveSignUpBonus } from './sign-up-bonus.ts';
import type { SignedIn } from './signed-in.ts';
import { tellPerson } from './tell-person.ts';

/** Mails a link that confirms the address, in the caller's transaction. */
export async function sendVerification(
  session: PrismaSession,
  deps: Deps,
  person: { readonly userId: string; readonly email: string; readonly locale: string | null },
): Promise<void> {
  const { userId, email } = person;
  const now = new Date(deps.clock.now());
  const ticket = await issueTicket(session, { userId, purpose: 'verify_email', email, now });
  await tellPerson(session, deps, person, { news: 'verify_email', ticket });
}

/** Mails the link again. @throws too_many_attempts */
export async function resendVerification({ deps, session }: SignedIn): Promise<void> {
  const { id: userId, email, locale, isEmailVerified } = session.user;
  if (isEmailVerified) return;
  if (!(await deps.accountThrottle.admit('verificationOfUser', userId))) throw refuse('too_many_attempts');
  await deps.prisma.$transaction((tx) => sendVerification(tx, deps, { userId, email, locale }));
}

/**
 * Mails a link to the new address; nothing changes before it is used. Of an address that has an account already nothing is told, here or there.
 * @throws AccessError: email_invalid, password_wrong; too_many_attempts
 */
export async function requestEmailChange(
  call: SignedIn,
  input: { readonly email: string; readonly password: string },
): Promise<void> {
  const { deps, session } = call;
  const { id: userId, locale } = session.user;
  const email = normalizeEmail(input.email);
  if (email === undefined) throw new AccessError('email_invalid', 'expected an e-mail address', 'email');
  await requireOwnPassword(call, input.password);
  if (!(await deps.accountThrottle.admit('verificationOfUser', userId))) throw refuse('too_many_attempts');
  const now = new Date(deps.clock.now());
  const isTaken = (await deps.prisma.user.count({ where: { email } })) > 0;
  await deps.prisma.$transaction(async (tx) => {
    const ticket = await issueTicket(tx, { userId, purpose: 'change_email', email, now });
    if (!isTaken) await tellPerson(tx, deps, { email, locale }, { news: 'change_email', ticket });
  });
}

/**
 * Uses the link of a mail up: the address is confirmed, or the new one takes the place of the old, which is told.
 * @throws AccessError: ticket_invalid, email_taken; too_many_attempts
 */
export async function confirmEmail(
  { deps, address, requestId }: Context,
  ticket: string,
): Promise<{ changed: boolean }> {
  if (!(await deps.accountThrottle.admit('ticketFromAddress', address))) throw refuse('too_many_attempts');
  const now = new Date(deps.clock.now());
  const settings = await readSettings(deps.prisma);
  const changed = await deps.prisma.$transaction(async (tx) => {
    const purposes = ['verify_email', 'change_email'] as const;
    const { purpose, userId, email } = await spendTicket(tx, ticket, { purposes, address, now });
    const of = { userId, email, now, actor: { kind: 'console', userId, address, requestId } as const };
    if (purpose === 'verify_email') {
      if (!(await verifyEmail(tx, of))) throw new AccessError('ticket_invalid', 'this address is not the account’s');
      await giveWaitingBonus(tx, userId, settings);
      return false;
    }
    const former = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    await changeEmail(tx, of);
    await tellPerson(tx, deps, former, { news: 'email_changed', email });
    return true;
  });
  // Who has the page open sees it at their next call.
  deps.sessions.forgetAll();
  return { changed };
}

/** Where addresses have to be confirmed, the sign-up bonus comes with that; where it came before, it does not come again. */
async function giveWaitingBonus(tx: PrismaSession, userId: string, settings: SiteSettings): Promise<void> {
  const own = await tx.member.findFirst({ where: { userId, role: 'owner' }, orderBy: { createdAt: 'asc' } });
  if (own) await giveSignUpBonus(tx, own.organizationId, settings);
}
