import type { PrismaClient, Sql } from '@ai-bridge/db';
import type { Limits } from '@ai-bridge/domain';
import { limitsSchema } from '@ai-bridge/domain';
import { AccessError } from './access-error.ts';
import { type Actor, writeAudit } from './audit.ts';
import { limitsOfJson } from './limits.ts';

/** Suspends an organization, or lets it in again: its keys then get 403. One that was closed with its last member's account stays so. Throws AccessError('not_found'). */
export async function setOrganizationSuspended(
  prisma: PrismaClient,
  change: {
    readonly organizationId: string;
    readonly suspended: boolean;
    readonly reason?: string | undefined;
    readonly actor?: Actor | undefined;
  },
): Promise<void> {
  const { organizationId, reason } = change;
  await prisma.$transaction(async (session) => {
    const { count } = await session.organization.updateMany({
      where: { id: organizationId, closedAt: null },
      data: { status: change.suspended ? 'suspended' : 'active' },
    });
    if (count === 0) throw new AccessError('not_found', 'no such organization');
    const action = change.suspended ? 'organization.suspend' : 'organization.resume';
    const detail = reason === undefined ? undefined : { reason };
    await writeAudit(session, change.actor, { action, target: organizationId, organizationId, detail });
  });
}

/** Who suspended an organization, when and why: the last time. */
export interface Suspension {
  readonly at: Date;
  readonly byUserId: string | null;
  readonly reason: string | undefined;
}

/** How an organization came to be suspended; undefined where nobody did it here. */
export async function readSuspension(sql: Sql, organizationId: string): Promise<Suspension | undefined> {
  const [row] = await sql.query<Suspension & { reason: string | null }>(
    `SELECT at, actor_user_id AS "byUserId", detail->>'reason' AS reason FROM audit_log
     WHERE target = $1 AND action = 'organization.suspend' ORDER BY id DESC LIMIT 1`,
    [organizationId],
  );
  return row && { ...row, reason: row.reason ?? undefined };
}

/**
 * Replaces an organization's limits; workers hear of it within a second. The configuration file's organizations have those of the file.
 * @throws AccessError settings_invalid, not_found, organization_owned_by_file
 */
export async function setOrganizationLimits(
  prisma: PrismaClient,
  change: {
    readonly organizationId: string;
    readonly limits: Limits;
    readonly reason?: string | undefined;
    readonly actor?: Actor | undefined;
  },
): Promise<void> {
  const { organizationId, reason } = change;
  const limits = limitsSchema.safeParse(change.limits);
  if (!limits.success) throw new AccessError('settings_invalid', 'expected positive whole numbers', 'limits');
  await prisma.$transaction(async (session) => {
    await session.$queryRaw`SELECT id FROM organization WHERE id = ${organizationId} FOR UPDATE`;
    const row = await session.organization.findUnique({ where: { id: organizationId } });
    if (!row) throw new AccessError('not_found', 'no such organization');
    if (row.configKey !== null) throw new AccessError('organization_owned_by_file', 'the configuration file sets them');
    await session.organization.update({ where: { id: organizationId }, data: { limits: limits.data } });
    await writeAudit(session, change.actor, {
      action: 'organization.setLimits',
      target: organizationId,
      organizationId,
      detail: { limits: limits.data, before: { ...limitsOfJson(row.limits) }, ...(reason !== undefined && { reason }) },
    });
  });
}
