import { type PrismaClient, type PrismaSession, sqlOf } from '@ai-bridge/db';
import { nanoUsdPerPlanToken, newId } from '@ai-bridge/domain';
import { type Actor, writeAudit } from '../audit.ts';
import type { GrantCredit } from '../grant-credit.ts';
import { limitsOfJson } from '../limits.ts';
import { hashPassword } from '../people/password.ts';
import { createUser } from '../people/users.ts';
import { applyKeys } from './apply-keys.ts';
import type { OrganizationConfig } from './organizations-section.ts';

export interface ApplyOrganizationsOptions {
  /** BRIDGE_KEY_PEPPER */
  readonly pepper: string;
  readonly grantCredit: GrantCredit;
}

/** Fixed number of the advisory lock under which config files are applied one at a time. */
const configLock = 7_215_002;
const transactionTimeoutMs = 60_000;
const fileActor: Actor = { kind: 'config' };

/**
 * Makes organizations, owners and keys what the file says, in one transaction; applied again, it changes nothing.
 * Organizations that left the file stay (they hold money); keys of the file that left it stop working.
 * Throws AccessError with the path in the file.
 */
export async function applyOrganizations(
  prisma: PrismaClient,
  organizations: readonly OrganizationConfig[],
  options: ApplyOrganizationsOptions,
): Promise<void> {
  await prisma.$transaction(
    async (session) => {
      await session.$executeRaw`SELECT pg_advisory_xact_lock(${configLock}::bigint)`;
      for (const [index, organization] of organizations.entries())
        await applyOrganization(session, organization, `organizations[${index}]`, options);
    },
    { timeout: transactionTimeoutMs, maxWait: transactionTimeoutMs },
  );
}

async function applyOrganization(
  session: PrismaSession,
  config: OrganizationConfig,
  path: string,
  { pepper, grantCredit }: ApplyOrganizationsOptions,
): Promise<void> {
  const organizationId = await ensureOrganization(session, config);
  if (config.owner) await ensureOwner(session, organizationId, config.owner);
  if (config.grantTokens) await grantOnce(session, organizationId, config.grantTokens, grantCredit);
  await applyKeys(session, { organizationId, keys: config.keys ?? [], path: `${path}.keys`, pepper, actor: fileActor });
}

async function ensureOrganization(session: PrismaSession, config: OrganizationConfig): Promise<string> {
  const limits = config.limits ?? {};
  const found = await session.organization.findUnique({ where: { configKey: config.name } });
  if (found && sameLimits(limitsOfJson(found.limits), limits)) return found.id;
  const organizationId = found?.id ?? newId('org');
  if (found) await session.organization.update({ where: { id: organizationId }, data: { limits } });
  else
    await session.organization.create({
      data: { id: organizationId, name: config.name, configKey: config.name, limits },
    });
  await writeAudit(session, fileActor, {
    action: found ? 'organization.setLimits' : 'organization.create',
    target: organizationId,
    organizationId,
    detail: { limits, ...(found && { before: { ...limitsOfJson(found.limits) } }) },
  });
  return organizationId;
}

function sameLimits(a: OrganizationConfig['limits'], b: OrganizationConfig['limits']): boolean {
  return (['rpm', 'itpm', 'otpm', 'concurrency'] as const).every((kind) => a?.[kind] === b?.[kind]);
}

async function ensureOwner(
  session: PrismaSession,
  organizationId: string,
  owner: NonNullable<OrganizationConfig['owner']>,
): Promise<void> {
  const user = await session.user.findUnique({ where: { email: owner.email } });
  const userId = user?.id ?? (await createOwner(session, owner));
  const member = await session.member.findUnique({ where: { organizationId_userId: { organizationId, userId } } });
  if (member?.role === 'owner') return;
  await session.member.upsert({
    where: { organizationId_userId: { organizationId, userId } },
    create: { organizationId, userId, role: 'owner' },
    update: { role: 'owner' },
  });
  await writeAudit(session, fileActor, {
    action: 'member.setRole',
    target: userId,
    organizationId,
    detail: { role: 'owner' },
  });
}

async function createOwner(session: PrismaSession, owner: NonNullable<OrganizationConfig['owner']>): Promise<string> {
  const passwordHash = owner.password === undefined ? undefined : await hashPassword(owner.password);
  const name = owner.email.split('@')[0] ?? owner.email;
  return createUser(session, { email: owner.email, name, passwordHash, emailVerifiedAt: new Date(), actor: fileActor });
}

/** The audit row says that it was done; the ledger's key makes a second time harmless even so. */
async function grantOnce(
  session: PrismaSession,
  organizationId: string,
  tokens: number,
  grantCredit: GrantCredit,
): Promise<void> {
  const done = await session.auditLog.findFirst({
    where: { organizationId, action: 'credit.grant', actorKind: 'config' },
    select: { id: true },
  });
  if (done) return;
  const amountNanoUsd = BigInt(tokens) * nanoUsdPerPlanToken;
  const key = `config:${organizationId}:grant`;
  await grantCredit(sqlOf(session), { key, organizationId, amountNanoUsd, reason: 'config file', actor: 'config' });
  await writeAudit(session, fileActor, {
    action: 'credit.grant',
    target: organizationId,
    organizationId,
    detail: { tokens },
  });
}
