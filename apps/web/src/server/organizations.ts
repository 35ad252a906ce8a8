import type { PrismaClient } from '@ai-bridge/db';

interface WithPrisma {
  readonly prisma: PrismaClient;
}

/** An organization as staff see it in lists. */
export interface OrganizationName {
  readonly id: string;
  readonly name: string;
}

/** How many organizations a search may mean; a wider one finds orders by less than it says. */
const maxOrganizationsMeant = 500;

/** The organizations that a text may mean: by id, by a part of their name, or of a member's e-mail. */
export async function organizationsMeant({ prisma }: WithPrisma, text: string): Promise<string[]> {
  const contains = { contains: text, mode: 'insensitive' } as const;
  const rows = await prisma.organization.findMany({
    where: { OR: [{ id: text }, { name: contains }, { members: { some: { user: { email: contains } } } }] },
    select: { id: true },
    orderBy: { createdAt: 'desc' },
    take: maxOrganizationsMeant,
  });
  return rows.map(({ id }) => id);
}

/** What organizations are called. @returns the name by id; the id itself where it is gone */
export async function organizationNames(
  { prisma }: WithPrisma,
  ids: readonly string[],
): Promise<(id: string) => OrganizationName> {
  const rows = await prisma.organization.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => ({ id, name: names.get(id) ?? id });
}

/** The e-mails of who owns an organization. */
export async function ownersOf({ prisma }: WithPrisma, organizationId: string): Promise<string[]> {
  const members = await prisma.member.findMany({
    where: { organizationId, role: 'owner' },
    select: { user: { select: { email: true } } },
    orderBy: { createdAt: 'asc' },
  });
  return members.map(({ user }) => user.email);
}

/** Whose affair a mail to an address is that is about no organization: its reader's first one. */
export async function organizationOfAddress({ prisma }: WithPrisma, email: string): Promise<string | undefined> {
  const member = await prisma.member.findFirst({
    where: { user: { email } },
    orderBy: [{ createdAt: 'asc' }, { organizationId: 'asc' }],
    select: { organizationId: true },
  });
  return member?.organizationId;
}
