import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { lockOrganization } from '../team/lock-organization.ts';
import { endMembership } from '../team/members.ts';

/** How often somebody may join an organization while their account is deleted before it is given up for now. */
const maxTries = 5;

export interface AccountDeletion {
  readonly userId: string;
  readonly now: Date;
  readonly actor: Actor;
  /** What else belongs into the transaction, with the addresses that were theirs and nobody else's: the account's first, then those they meant to move to. */
  readonly also?:
    | ((session: PrismaSession, former: { readonly emails: readonly string[] }) => Promise<void>)
    | undefined;
}

/** What ends with an account. */
export interface EndedAccount {
  /** Organizations that had no other member: closed, their keys revoked for good. */
  readonly closedOrganizationIds: readonly string[];
}

/**
 * Deletes a person's account: they are signed out, their keys stop working, and what is known of them is erased; books and audit log keep a
 * user that says nothing (docs/decisions/0026). Done again, nothing happens.
 * Throws AccessError: only_owner (of an organization with other members), staff_account, not_found.
 */
export async function deleteAccount(prisma: PrismaClient, deletion: AccountDeletion): Promise<EndedAccount> {
  for (let tries = 1; ; tries++) {
    const ended = await prisma.$transaction((session) => tryToDelete(session, deletion));
    if (ended) return ended;
    if (tries === maxTries) throw new AccessError('only_owner', 'this person is joining organizations just now');
  }
}

/** Whether they alone own an organization that others belong to: it would be left without an owner. Ids in order. */
export async function organizationsLeftWithoutOwner(session: PrismaSession, userId: string): Promise<string[]> {
  const owned = await session.member.findMany({
    where: { userId, role: 'owner' },
    include: { organization: { include: { members: { where: { userId: { not: userId } }, select: { role: true } } } } },
    orderBy: { organizationId: 'asc' },
  });
  const left = owned.filter(({ organization: { members } }) => members.length > 0 && !members.some(isOwner));
  return left.map(({ organizationId }) => organizationId);
}

const isOwner = ({ role }: { readonly role: string }): boolean => role === 'owner';

/** @returns undefined where they joined an organization meanwhile, which has to be locked before their own row */
async function tryToDelete(session: PrismaSession, deletion: AccountDeletion): Promise<EndedAccount | undefined> {
  const { userId } = deletion;
  const organizationIds = await organizationsOf(session, userId);
  for (const organizationId of organizationIds) await lockOrganization(session, organizationId);
  await session.$queryRaw`SELECT id FROM "user" WHERE id = ${userId} FOR UPDATE`;
  const user = await session.user.findUnique({ where: { id: userId } });
  if (!user) throw new AccessError('not_found', 'no such user');
  if (user.deletedAt) return { closedOrganizationIds: [] };
  if (user.staffRole) throw new AccessError('staff_account', 'an administrator has to take the staff role away first');
  if (String(await organizationsOf(session, userId)) !== String(organizationIds)) return undefined;
  if ((await organizationsLeftWithoutOwner(session, userId)).length > 0)
    throw new AccessError('only_owner', 'make somebody else owner first, or remove the other members');
  const closedOrganizationIds: string[] = [];
  for (const organizationId of organizationIds)
    if (await leave(session, organizationId, deletion)) closedOrganizationIds.push(organizationId);
  await disableKeysElsewhere(session, deletion);
  await erase(session, user, deletion);
  return { closedOrganizationIds };
}

async function organizationsOf(session: PrismaSession, userId: string): Promise<string[]> {
  const rows = await session.member.findMany({ where: { userId }, orderBy: { organizationId: 'asc' } });
  return rows.map(({ organizationId }) => organizationId);
}

/** @returns whether nobody is left and the organization is closed */
async function leave(
  session: PrismaSession,
  organizationId: string,
  { userId, actor, now }: AccountDeletion,
): Promise<boolean> {
  const others = await session.member.count({ where: { organizationId, userId: { not: userId } } });
  await endMembership(session, { organizationId, userId, actor, keys: 'disable', now });
  if (others > 0) return false;
  // It may be called after its owner.
  const closed = { name: organizationId, status: 'suspended', closedAt: now };
  await session.organization.update({ where: { id: organizationId }, data: closed });
  await session.apiKey.updateMany({ where: { organizationId, deletedAt: null }, data: { deletedAt: now } });
  await session.ownKey.updateMany({
    where: { organizationId },
    data: { deletedAt: now, enabled: false, credentialSealed: '', name: '' },
  });
  await session.invitation.deleteMany({ where: { organizationId } });
  await writeAudit(session, actor, { action: 'organization.close', target: organizationId, organizationId });
  return true;
}

/** Keys that stayed with organizations which they left before: they know those secrets still. */
async function disableKeysElsewhere(session: PrismaSession, { userId, actor, now }: AccountDeletion): Promise<void> {
  const keys = await session.apiKey.findMany({
    where: { createdByUserId: userId, deletedAt: null, disabledAt: null },
    select: { id: true, organizationId: true },
  });
  for (const { id, organizationId } of keys) {
    await session.apiKey.updateMany({ where: { id, disabledAt: null }, data: { disabledAt: now } });
    await writeAudit(session, actor, { action: 'apiKey.disable', target: id, organizationId });
  }
}

async function erase(
  session: PrismaSession,
  { id, email }: { readonly id: string; readonly email: string },
  { now, actor, also }: AccountDeletion,
): Promise<void> {
  const nobody = `${id.toLowerCase().replace('_', '-')}@deleted.invalid`;
  const mine = { where: { userId: id } };
  const emails = [email, ...(await addressesAskedFor(session, id))];
  await session.session.deleteMany(mine);
  await session.ticket.deleteMany(mine);
  await session.recoveryCode.deleteMany(mine);
  await session.twoFactor.deleteMany(mine);
  await session.identity.deleteMany(mine);
  await session.savedView.deleteMany(mine);
  await session.apiKeySecret.deleteMany(mine);
  await session.apiKey.updateMany({ where: { createdByUserId: id }, data: { lastAddress: null } });
  await session.invitation.deleteMany({ where: { email, acceptedAt: null } });
  await session.invitation.updateMany({ where: { email }, data: { email: nobody } });
  await session.user.update({
    where: { id },
    data: {
      ...{ email: nobody, name: '', passwordHash: null, locale: null, emailVerifiedAt: null, mailsOff: [] },
      ...{ status: 'deleted', deletedAt: now },
    },
  });
  await also?.(session, { emails });
  await writeAudit(session, actor, { action: 'user.delete', target: id });
}

/** Addresses that a change of address was asked for, without those of other people. */
async function addressesAskedFor(session: PrismaSession, userId: string): Promise<string[]> {
  const tickets = await session.ticket.findMany({
    where: { userId, purpose: 'change_email' },
    select: { email: true },
  });
  const asked = [...new Set(tickets.map(({ email }) => email))];
  const others = await session.user.findMany({ where: { email: { in: asked } }, select: { email: true } });
  return asked.filter((address) => !others.some(({ email }) => email === address));
}
