import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import type { Limits } from '@ai-bridge/domain';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { maxNameLength } from '../names.ts';
import { isUniqueViolation } from '../unique-violation.ts';
import { normalizeEmail } from './email.ts';
import { createUserWithOrganization, type Registration } from './users.ts';

export const identityProviders = ['github', 'google'] as const;
export type IdentityProvider = (typeof identityProviders)[number];

/** Who a provider says somebody is. */
export interface ProvenIdentity {
  readonly provider: IdentityProvider;
  readonly subject: string;
  readonly email: string | undefined;
  /** The provider made sure of the address. */
  readonly isEmailVerified: boolean;
  readonly name: string | undefined;
}

export interface IdentityRules {
  /** Undefined: nobody new is taken. Else the caps of a newcomer's organization. */
  readonly newcomerLimits: Limits | undefined;
  readonly locale: string | undefined;
  /** What else belongs into the transaction that makes a newcomer. */
  readonly also?: Registration['also'];
  readonly now: Date;
  readonly actor: Actor;
}

export type IdentityOutcome =
  | { readonly userId: string; readonly isNew: boolean }
  /** suspended; the provider does not vouch for the address; the address is an account's that never confirmed it; no newcomers */
  | { readonly refusal: 'suspended' | 'email_unverified' | 'not_linked' | 'sign_up_closed' };

/**
 * Finds whose identity this is. One that is not known yet is linked to the account with its address only where both sides made sure of it:
 * else whoever signs up with another's address first would share the account with them. @returns who it is, or why nobody
 */
export async function userOfIdentity(
  prisma: PrismaClient,
  identity: ProvenIdentity,
  rules: IdentityRules,
): Promise<IdentityOutcome> {
  const { provider, subject } = identity;
  const known = await prisma.identity.findUnique({
    where: { provider_subject: { provider, subject } },
    select: { user: { select: { id: true, status: true } } },
  });
  if (known) return known.user.status === 'active' ? { userId: known.user.id, isNew: false } : { refusal: 'suspended' };
  const email = identity.email === undefined ? undefined : normalizeEmail(identity.email);
  if (email === undefined || !identity.isEmailVerified) return { refusal: 'email_unverified' };
  const user = await prisma.user.findUnique({ where: { email }, include: { identities: { where: { provider } } } });
  if (user) {
    if (user.status !== 'active') return { refusal: 'suspended' };
    if (!user.emailVerifiedAt || user.identities.length > 0) return { refusal: 'not_linked' };
    await prisma.$transaction((session) => link(session, { ...identity, email }, user.id, rules));
    return { userId: user.id, isNew: false };
  }
  if (!rules.newcomerLimits) return { refusal: 'sign_up_closed' };
  return admit(prisma, { ...identity, email }, rules);
}

async function admit(
  prisma: PrismaClient,
  identity: ProvenIdentity & { readonly email: string },
  rules: IdentityRules,
): Promise<IdentityOutcome> {
  const { locale, actor, now, newcomerLimits: limits } = rules;
  const name = [...(identity.name ?? '').replace(/\p{Cc}/gu, '').trim()].slice(0, maxNameLength).join('');
  try {
    const userId = await prisma.$transaction(async (session) => {
      const person = { email: identity.email, name: name || (identity.email.split('@')[0] ?? ''), locale, actor };
      const made = await createUserWithOrganization(session, { ...person, emailVerifiedAt: now, limits });
      await link(session, identity, made.userId, rules);
      await rules.also?.(session, made);
      return made.userId;
    });
    return { userId, isNew: true };
  } catch (error) {
    // Somebody took the address, or came in by this identity, at the same moment: the next try finds them.
    if (isUniqueViolation(error)) return { refusal: 'not_linked' };
    throw error;
  }
}

async function link(
  session: PrismaSession,
  { provider, subject, email }: ProvenIdentity & { readonly email: string },
  userId: string,
  { now, actor }: IdentityRules,
): Promise<void> {
  await session.identity.create({ data: { provider, subject, userId, email, createdAt: now } });
  await writeAudit(session, { ...actor, userId }, { action: 'identity.link', target: userId, detail: { provider } });
}

export interface LinkedIdentity {
  readonly provider: IdentityProvider;
  readonly email: string;
  readonly createdAt: Date;
}

export async function listIdentities(session: PrismaSession, userId: string): Promise<LinkedIdentity[]> {
  const rows = await session.identity.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } });
  return rows.map(({ provider, email, createdAt }) => ({ provider: provider as IdentityProvider, email, createdAt }));
}

/** Takes an identity away. Throws AccessError: not_found, last_way_in (there is no password and no other identity). */
export async function unlinkIdentity(
  prisma: PrismaClient,
  of: { readonly userId: string; readonly provider: IdentityProvider; readonly actor: Actor },
): Promise<void> {
  const { userId, provider, actor } = of;
  await prisma.$transaction(async (session) => {
    // The user's row is locked, so that two at once do not take the last two away.
    await session.$queryRaw`SELECT id FROM "user" WHERE id = ${userId} FOR UPDATE`;
    const user = await session.user.findUniqueOrThrow({ where: { id: userId }, include: { identities: true } });
    if (!user.identities.some((identity) => identity.provider === provider))
      throw new AccessError('not_found', 'no such identity');
    if (user.passwordHash === null && user.identities.length === 1)
      throw new AccessError('last_way_in', 'set a password first');
    await session.identity.deleteMany({ where: { userId, provider } });
    await writeAudit(session, actor, { action: 'identity.unlink', target: userId, detail: { provider } });
  });
}
