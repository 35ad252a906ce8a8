import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import type { SpendLimits } from '@ai-bridge/domain';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { type OrganizationRole, readOrganizationRole } from '../permissions.ts';
import { keepOneOwner, lockOrganization } from './lock-organization.ts';
import { spendColumns, spendLimitsOf } from './spend-limits.ts';

/** Members that an organization may have. */
export const maxMembers = 200;

/** Somebody in an organization, as the others see them. */
export interface TeamMember {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: OrganizationRole;
  readonly since: Date;
  /** Undefined: never signed in, or longer ago than sessions are kept. */
  readonly lastSeenAt: Date | undefined;
  readonly limits: SpendLimits;
  /** Their keys that work. */
  readonly liveKeys: number;
}

/** An organization's members, who joined first first. */
export async function listMembers(session: PrismaSession, organizationId: string): Promise<TeamMember[]> {
  const rows = await session.member.findMany({
    where: { organizationId },
    include: {
      user: { include: { sessions: { orderBy: { lastSeenAt: 'desc' }, take: 1, select: { lastSeenAt: true } } } },
    },
    orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
    take: maxMembers,
  });
  const keys = await session.apiKey.groupBy({
    by: ['createdByUserId'],
    where: { organizationId, deletedAt: null, disabledAt: null },
    _count: true,
  });
  const liveKeys = new Map(keys.map(({ createdByUserId, _count }) => [createdByUserId, _count]));
  return rows.map((row) => ({
    ...{ userId: row.userId, name: row.user.name, email: row.user.email, since: row.createdAt },
    role: readOrganizationRole(row.role) ?? 'viewer',
    lastSeenAt: row.user.sessions[0]?.lastSeenAt,
    limits: spendLimitsOf(row),
    liveKeys: liveKeys.get(row.userId) ?? 0,
  }));
}

/** A member of an organization; whoever is none is as unknown as somebody who does not exist. */
export interface MemberOfOrganization {
  readonly organizationId: string;
  readonly userId: string;
  readonly actor: Actor;
}

/** Gives a member another role. Throws AccessError: not_found, last_owner. */
export async function setMemberRole(
  prisma: PrismaClient,
  change: MemberOfOrganization & { readonly role: OrganizationRole },
): Promise<void> {
  const { organizationId, userId, role, actor } = change;
  await prisma.$transaction(async (session) => {
    await lockOrganization(session, organizationId);
    const before = await requireMember(session, change);
    if (before.role === role) return;
    if (before.role === 'owner') await keepOneOwner(session, organizationId, userId);
    await session.member.update({ where: keyOf(change), data: { role } });
    const detail = { role, before: before.role };
    await writeAudit(session, actor, { action: 'member.setRole', target: userId, organizationId, detail });
  });
}

/** Caps what all keys of a member are charged together; workers know within a second. Throws AccessError: not_found, settings_invalid. */
export async function setMemberLimits(
  prisma: PrismaClient,
  change: MemberOfOrganization & { readonly limits: Partial<SpendLimits> },
): Promise<void> {
  const { organizationId, userId, actor } = change;
  const data = spendColumns(change.limits);
  await prisma.$transaction(async (session) => {
    await lockOrganization(session, organizationId);
    const before = await requireMember(session, change);
    await session.member.update({ where: keyOf(change), data });
    const detail = { from: writtenLimits(before), to: writtenLimits(data) };
    await writeAudit(session, actor, { action: 'member.setLimits', target: userId, organizationId, detail });
  });
}

function writtenLimits(columns: {
  readonly spendPerDayNanoUsd: bigint | null;
  readonly spendPerMonthNanoUsd: bigint | null;
}) {
  const { spendPerDayNanoUsd: perDay, spendPerMonthNanoUsd: perMonth } = columns;
  return {
    perDayNanoUsd: perDay === null ? null : String(perDay),
    perMonthNanoUsd: perMonth === null ? null : String(perMonth),
  };
}

/** What becomes of the keys that a member made: they stay the organization's, or stop working until an owner switches them on again. */
export type KeysOfMember = 'keep' | 'disable';

/**
 * Takes somebody out of an organization, at once and everywhere; once they are out, nothing happens.
 * @returns how many keys were switched off. Throws AccessError: not_found (no such organization), last_owner
 */
export async function removeMember(
  prisma: PrismaClient,
  removal: MemberOfOrganization & { readonly keys: KeysOfMember; readonly now: Date },
): Promise<{ readonly disabledKeys: number }> {
  const { organizationId } = removal;
  return prisma.$transaction(async (session) => {
    await lockOrganization(session, organizationId);
    const member = await session.member.findUnique({ where: keyOf(removal) });
    if (!member) return { disabledKeys: 0 };
    if (member.role === 'owner') await keepOneOwner(session, organizationId, removal.userId);
    return endMembership(session, removal);
  });
}

/** Ends a membership and, where that was chosen, the keys with it. Call with the organization locked. */
export async function endMembership(
  session: PrismaSession,
  {
    organizationId,
    userId,
    actor,
    keys,
    now,
  }: MemberOfOrganization & { readonly keys: KeysOfMember; readonly now: Date },
): Promise<{ readonly disabledKeys: number }> {
  await session.member.deleteMany({ where: { organizationId, userId } });
  const disabledKeys = keys === 'disable' ? await disableKeysOf(session, { organizationId, userId, actor, now }) : 0;
  const action = actor.userId === userId ? 'member.leave' : 'member.remove';
  await writeAudit(session, actor, { action, target: userId, organizationId, detail: { keys, disabledKeys } });
  return { disabledKeys };
}

async function disableKeysOf(
  session: PrismaSession,
  { organizationId, userId, actor, now }: MemberOfOrganization & { readonly now: Date },
): Promise<number> {
  const live = { organizationId, createdByUserId: userId, deletedAt: null, disabledAt: null };
  const found = await session.apiKey.findMany({ where: live, select: { id: true } });
  await session.apiKey.updateMany({ where: { id: { in: found.map(({ id }) => id) } }, data: { disabledAt: now } });
  for (const { id } of found)
    await writeAudit(session, actor, { action: 'apiKey.disable', target: id, organizationId });
  return found.length;
}

async function requireMember(session: PrismaSession, of: MemberOfOrganization) {
  const member = await session.member.findUnique({ where: keyOf(of) });
  if (!member) throw new AccessError('not_found', 'no such member');
  return member;
}

const keyOf = ({ organizationId, userId }: Pick<MemberOfOrganization, 'organizationId' | 'userId'>) => ({
  organizationId_userId: { organizationId, userId },
});
