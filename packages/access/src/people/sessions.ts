import { randomBytes } from 'node:crypto';
import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { type Actor, writeAudit } from '../audit.ts';
import { type OrganizationRole, readOrganizationRole, readStaffRole, type StaffRole } from '../permissions.ts';

const idleMs = 12 * 60 * 60 * 1000;
const absoluteMs = 7 * 24 * 60 * 60 * 1000;
const touchEveryMs = 60 * 1000;
const maxUserAgentLength = 256;
const maxListed = 100;

export type SignInMethod = 'password' | 'github' | 'google';

/** Starts a session: ends after 12 h without use, 7 days at the latest. The id is 256 random bits. */
export async function openSession(
  prisma: PrismaClient,
  start: {
    readonly userId: string;
    readonly address?: string | undefined;
    readonly requestId?: string | undefined;
    readonly userAgent?: string | undefined;
    /** How they showed who they are. */
    readonly method?: SignInMethod | undefined;
    /** What stood for the second factor, where there is one. */
    readonly secondFactor?: 'code' | 'recovery' | undefined;
    readonly now?: Date | undefined;
  },
): Promise<{ sessionId: string; expiresAt: Date }> {
  const now = start.now ?? new Date();
  const sessionId = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + idleMs);
  const row = {
    id: sessionId,
    userId: start.userId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt,
    address: start.address ?? null,
    userAgent: start.userAgent?.slice(0, maxUserAgentLength) ?? null,
    method: start.method ?? 'password',
  };
  const { userId, address, requestId } = start;
  const actor: Actor = { kind: 'console', userId, address, requestId };
  await prisma.$transaction(async (session) => {
    const { user } = await session.session.create({ data: row, select: { user: { select: { staffRole: true } } } });
    const detail = { method: row.method, secondFactor: start.secondFactor ?? null, staffRole: user.staffRole };
    await writeAudit(session, actor, { action: 'session.open', target: start.userId, detail });
  });
  return { sessionId, expiresAt };
}

export interface FoundSession {
  readonly sessionId: string;
  readonly expiresAt: Date;
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly locale: string | null;
    readonly staffRole: StaffRole | undefined;
    readonly isEmailVerified: boolean;
    readonly hasTwoFactor: boolean;
  };
  /** The organization that this sign-in works in first, else the oldest membership; one that names an unknown role is left out. */
  readonly memberships: readonly {
    readonly organizationId: string;
    readonly organizationName: string;
    readonly organizationSuspended: boolean;
    readonly role: OrganizationRole;
  }[];
}

/**
 * The live session with this id and whose it is, with roles as they are now; undefined when it is unknown, revoked,
 * expired, or its user suspended. Being seen renews it, written at most once a minute.
 */
export async function findSession(
  prisma: PrismaClient,
  sessionId: string,
  now: Date = new Date(),
): Promise<FoundSession | undefined> {
  const found = await prisma.session.findUnique({
    where: { id: sessionId },
    include: {
      user: {
        include: {
          memberships: { include: { organization: true }, orderBy: { createdAt: 'asc' } },
          twoFactor: { select: { confirmedAt: true } },
        },
      },
    },
  });
  if (!found || found.revokedAt || found.expiresAt <= now || found.user.status !== 'active') return undefined;
  const expiresAt = await renew(prisma, found, now);
  const { id, email, name, locale, emailVerifiedAt, twoFactor } = found.user;
  return {
    sessionId,
    expiresAt,
    user: {
      ...{ id, email, name, locale, staffRole: readStaffRole(found.user.staffRole) },
      ...{ isEmailVerified: emailVerifiedAt !== null, hasTwoFactor: Boolean(twoFactor?.confirmedAt) },
    },
    memberships: chosenFirst(found.user.memberships, found.organizationId).flatMap(({ organization, role }) => {
      const known = readOrganizationRole(role);
      if (!known) return [];
      const organizationSuspended = organization.status !== 'active';
      return [
        { organizationId: organization.id, organizationName: organization.name, organizationSuspended, role: known },
      ];
    }),
  };
}

/** Only members are in the list: whoever was removed from the chosen organization works in another one. */
function chosenFirst<Membership extends { readonly organizationId: string }>(
  memberships: readonly Membership[],
  chosenId: string | null,
): readonly Membership[] {
  const chosen = memberships.find(({ organizationId }) => organizationId === chosenId);
  return chosen ? [chosen, ...memberships.filter((membership) => membership !== chosen)] : memberships;
}

async function renew(
  prisma: PrismaClient,
  row: { readonly id: string; readonly createdAt: Date; readonly lastSeenAt: Date; readonly expiresAt: Date },
  now: Date,
): Promise<Date> {
  if (now.getTime() - row.lastSeenAt.getTime() < touchEveryMs) return row.expiresAt;
  const expiresAt = new Date(Math.min(now.getTime() + idleMs, row.createdAt.getTime() + absoluteMs));
  // A session revoked in between stays revoked: only its dates are written.
  await prisma.session.updateMany({ where: { id: row.id, revokedAt: null }, data: { lastSeenAt: now, expiresAt } });
  return expiresAt;
}

/** Ends one session of the user; false when there is no such live session. */
export async function revokeSession(
  prisma: PrismaClient,
  end: { readonly userId: string; readonly sessionId: string; readonly actor?: Actor | undefined },
): Promise<boolean> {
  return prisma.$transaction(async (session) => {
    const { count } = await session.session.updateMany({
      where: { id: end.sessionId, userId: end.userId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count > 0) await writeAudit(session, end.actor, { action: 'session.revoke', target: end.userId });
    return count > 0;
  });
}

/** Ends every session of the user, except the one named. Returns how many. */
export async function revokeSessions(
  prisma: PrismaClient,
  end: {
    readonly userId: string;
    readonly exceptSessionId?: string | undefined;
    /** Of the staff, where they end somebody else's. */
    readonly reason?: string | undefined;
    readonly actor?: Actor | undefined;
  },
): Promise<number> {
  return prisma.$transaction(async (session) => {
    const { count } = await session.session.updateMany({
      where: {
        userId: end.userId,
        revokedAt: null,
        ...(end.exceptSessionId ? { id: { not: end.exceptSessionId } } : {}),
      },
      data: { revokedAt: new Date() },
    });
    const detail = { count, ...(end.reason !== undefined && { reason: end.reason }) };
    if (count > 0) await writeAudit(session, end.actor, { action: 'session.revokeAll', target: end.userId, detail });
    return count;
  });
}

export interface ListedSession {
  readonly sessionId: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly method: string;
}

/** The user's live sessions, last seen first, at most 100. */
export async function listSessions(
  prisma: PrismaClient,
  of: { readonly userId: string; readonly now?: Date | undefined },
): Promise<ListedSession[]> {
  const rows = await prisma.session.findMany({
    where: { userId: of.userId, revokedAt: null, expiresAt: { gt: of.now ?? new Date() } },
    orderBy: { lastSeenAt: 'desc' },
    take: maxListed,
  });
  return rows.map(({ id, createdAt, lastSeenAt, address, userAgent, method }) => {
    return { sessionId: id, createdAt, lastSeenAt, address, userAgent, method };
  });
}

const familiarForMs = 90 * 24 * 60 * 60 * 1000;

/** Whether the user was signed in, or reset the password, from this address lately. */
export async function isFamiliarAddress(
  session: PrismaSession,
  of: { readonly email: string; readonly address: string; readonly now: Date },
): Promise<boolean> {
  const { email, address } = of;
  const since = new Date(of.now.getTime() - familiarForMs);
  const found = await session.user.findFirst({
    where: {
      email,
      OR: [
        { sessions: { some: { address, createdAt: { gt: since } } } },
        { tickets: { some: { purpose: 'reset_password', usedFrom: address, usedAt: { gt: since } } } },
      ],
    },
    select: { id: true },
  });
  return found !== null;
}
