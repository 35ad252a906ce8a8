import type { PrismaClient } from '@ai-bridge/db';
import type { Limits } from '@ai-bridge/domain';
import { limitsSchema } from '@ai-bridge/domain';
import { AccessError } from './access-error.ts';
import { type Actor, writeAudit } from './audit.ts';

/** Suspends an organization, or lets it in again: its keys then get 403. Throws AccessError('not_found'). */
export async function setOrganizationSuspended(
  prisma: PrismaClient,
  change: { readonly organizationId: string; readonly suspended: boolean; readonly actor?: Actor | undefined },
): Promise<void> {
  const { organizationId } = change;
  await prisma.$transaction(async (session) => {
    const { count } = await session.organization.updateMany({
      where: { id: organizationId },
      data: { status: change.suspended ? 'suspended' : 'active' },
    });
    if (count === 0) throw new AccessError('not_found', 'no such organization');
    const action = change.suspended ? 'organization.suspend' : 'organization.resume';
    await writeAudit(session, change.actor, { action, target: organizationId, organizationId });
  });
}

/** Replaces an organization's limits. Throws AccessError: settings_invalid, not_found. */
export async function setOrganizationLimits(
  prisma: PrismaClient,
  change: { readonly organizationId: string; readonly limits: Limits; readonly actor?: Actor | undefined },
): Promise<void> {
  const { organizationId } = change;
  const limits = limitsSchema.safeParse(change.limits);
  if (!limits.success) throw new AccessError('settings_invalid', 'expected positive whole numbers', 'limits');
  await prisma.$transaction(async (session) => {
    const { count } = await session.organization.updateMany({
      where: { id: organizationId },
      data: { limits: limits.data },
    });
    if (count === 0) throw new AccessError('not_found', 'no such organization');
    await writeAudit(session, change.actor, {
      action: 'organization.setLimits',
      target: organizationId,
      organizationId,
      detail: { limits: limits.data },
    });
  });
}
