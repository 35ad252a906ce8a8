import type { PrismaClient } from '@ai-bridge/db';
import { type Limits, newId } from '@ai-bridge/domain';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { readName } from '../names.ts';

/** Which organization a sign-in works in from now on. Throws AccessError('not_found') where its person is no member. */
export async function chooseOrganization(
  prisma: PrismaClient,
  {
    sessionId,
    userId,
    organizationId,
  }: { readonly sessionId: string; readonly userId: string; readonly organizationId: string },
): Promise<void> {
  const isMember = (await prisma.member.count({ where: { organizationId, userId } })) > 0;
  if (!isMember) throw new AccessError('not_found', 'no such organization');
  await prisma.session.updateMany({ where: { id: sessionId, userId }, data: { organizationId } });
}

/** Gives an organization another name. Throws AccessError: name_invalid, not_found. */
export async function renameOrganization(
  prisma: PrismaClient,
  change: { readonly organizationId: string; readonly name: string; readonly actor: Actor },
): Promise<void> {
  const { organizationId, actor } = change;
  const name = readName(change.name);
  await prisma.$transaction(async (session) => {
    const row = await session.organization.findUnique({ where: { id: organizationId }, select: { name: true } });
    if (!row) throw new AccessError('not_found', 'no such organization');
    await session.organization.update({ where: { id: organizationId }, data: { name } });
    const detail = { from: row.name, to: name };
    await writeAudit(session, actor, { action: 'organization.rename', target: organizationId, organizationId, detail });
  });
}

/**
 * Makes an organization for somebody who belongs to none, because they came by an invitation and left. Of many at once one is made.
 * Throws AccessError: name_invalid, organization_owned (they belong to one).
 */
export async function startOrganization(
  prisma: PrismaClient,
  start: { readonly userId: string; readonly name: string; readonly limits: Limits; readonly actor: Actor },
): Promise<{ readonly organizationId: string }> {
  const { userId, limits, actor } = start;
  const name = readName(start.name);
  return prisma.$transaction(async (session) => {
    await session.$queryRaw`SELECT id FROM "user" WHERE id = ${userId} FOR UPDATE`;
    if ((await session.member.count({ where: { userId } })) > 0)
      throw new AccessError('organization_owned', 'this person belongs to an organization');
    const organizationId = newId('org');
    await session.organization.create({ data: { id: organizationId, name, limits: { ...limits } } });
    await session.member.create({ data: { organizationId, userId, role: 'owner' } });
    await writeAudit(session, actor, { action: 'organization.create', target: organizationId, organizationId });
    return { organizationId };
  });
}
