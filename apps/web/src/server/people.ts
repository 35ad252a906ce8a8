import type { PrismaClient } from '@ai-bridge/db';

interface WithPrisma {
  readonly prisma: PrismaClient;
}

/** Somebody as staff see them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Looks people up by their ids. @returns who is behind an id: null for no id, the id itself for somebody who is gone */
export async function findPeople(
  { prisma }: WithPrisma,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => Person | null> {
  const known = ids.filter((id) => id !== null);
  const rows = await prisma.user.findMany({
    where: { id: { in: known } },
    select: { id: true, name: true, email: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (id) => (id === null ? null : (byId.get(id) ?? { id, name: id, email: '' }));
}
