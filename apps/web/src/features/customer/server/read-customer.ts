import { limitsOfJson, type Permission, readOrganizationRole, readSuspension } from '@ai-bridge/access';
import { readBalance, readCreditParts } from '@ai-bridge/ledger';
import type { Deps } from '#server/deps.ts';
import { refuse } from '#server/errors.ts';
import { findPeople } from '#server/people.ts';

const maxMembers = 200;

/** The head of a customer's page, as far as who asks may see it: null where they may not. @throws not_found */
export async function readCustomer(deps: Deps, organizationId: string, may: (permission: Permission) => boolean) {
  const organization = await deps.prisma.organization.findUnique({ where: { id: organizationId } });
  if (!organization) throw refuse('not_found');
  const { id, name, status, limits, createdAt } = organization;
  const isSuspended = status !== 'active';
  const [suspension, balance, members, keys] = await Promise.all([
    isSuspended ? suspensionOf(deps, organizationId) : null,
    may('balance.read') ? balanceOf(deps, organizationId) : null,
    may('member.read') ? membersOf(deps, organizationId) : null,
    may('apiKey.read') ? keysOf(deps, organizationId) : null,
  ]);
  return {
    ...{ id, name, isSuspended, createdAt, limits: limitsOfJson(limits) },
    ...{ suspension, balance, members, keys },
  };
}

async function suspensionOf(deps: Deps, organizationId: string) {
  const suspension = await readSuspension(deps.database, organizationId);
  if (!suspension) return null;
  const personOf = await findPeople(deps, [suspension.byUserId]);
  return { at: suspension.at, by: personOf(suspension.byUserId), reason: suspension.reason ?? null };
}

async function balanceOf({ database }: Deps, organizationId: string) {
  const [balance, parts] = await Promise.all([
    readBalance(database, organizationId),
    readCreditParts(database, organizationId),
  ]);
  return { ...balance, ...parts };
}

async function membersOf({ prisma }: Deps, organizationId: string) {
  const rows = await prisma.member.findMany({
    where: { organizationId },
    orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
    take: maxMembers,
    include: { user: { select: { id: true, name: true, email: true, status: true, staffRole: true } } },
  });
  return rows.map(({ role, createdAt, user: { status, staffRole, ...person } }) => {
    return {
      ...person,
      role: readOrganizationRole(role) ?? null,
      joinedAt: createdAt,
      isSuspended: status !== 'active',
      isStaff: staffRole !== null,
    };
  });
}

/** Live keys by their group. */
async function keysOf({ prisma }: Deps, organizationId: string) {
  const rows = await prisma.apiKey.groupBy({
    by: ['group'],
    where: { organizationId, deletedAt: null },
    _count: { _all: true },
    orderBy: { group: 'asc' },
  });
  const groups = rows.map(({ group, _count }) => ({ group, keys: _count._all }));
  return { live: groups.reduce((sum, { keys }) => sum + keys, 0), groups };
}
