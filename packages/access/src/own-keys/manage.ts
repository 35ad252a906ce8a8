import type { Prisma, PrismaClient, PrismaSession } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { readName } from '../names.ts';
import { maxOwnKeys } from './add.ts';
import { type OwnKeyView, ownKeyView, ownKeyViewColumns } from './view.ts';

/** An own key of an organization; one of another is as unknown as one that does not exist. */
export interface OwnKeyOfOrganization {
  readonly organizationId: string;
  readonly ownKeyId: string;
  readonly actor?: Actor | undefined;
}

/** What can be changed of an own key; what is not named stays. Its credential never changes: another one is another key. */
export interface OwnKeyChange {
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly isExclusive?: boolean | undefined;
}

/** The organization's own keys, in the order in which they are tried. */
export async function listOwnKeys(
  prisma: PrismaSession,
  { organizationId }: { readonly organizationId: string },
): Promise<OwnKeyView[]> {
  const rows = await prisma.ownKey.findMany({
    where: { organizationId, deletedAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: maxOwnKeys,
    select: ownKeyViewColumns,
  });
  return rows.flatMap((row) => ownKeyView(row) ?? []);
}

/** Throws AccessError('not_found') for another organization's, and for none. */
export async function requireOwnKey(
  prisma: PrismaSession,
  { organizationId, ownKeyId }: Omit<OwnKeyOfOrganization, 'actor'>,
): Promise<OwnKeyView> {
  const row = await prisma.ownKey.findFirst({
    where: { id: ownKeyId, organizationId, deletedAt: null },
    select: ownKeyViewColumns,
  });
  const view = row && ownKeyView(row);
  if (!view) throw new AccessError('not_found', 'no such key');
  return view;
}

/** Throws AccessError: not_found, name_invalid. */
export async function updateOwnKey(
  prisma: PrismaClient,
  of: OwnKeyOfOrganization,
  { name, enabled, isExclusive }: OwnKeyChange,
): Promise<void> {
  const change = {
    ...(name === undefined ? {} : { name: readName(name) }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(isExclusive === undefined ? {} : { isExclusive }),
  };
  await changeOwnKey(prisma, of, 'ownKey.update', change, change);
}

/** Switches a key off: the one thing that staff may do with it. Throws AccessError('not_found'). */
export async function disableOwnKey(prisma: PrismaClient, of: OwnKeyOfOrganization): Promise<void> {
  await changeOwnKey(prisma, of, 'ownKey.disable', { enabled: false });
}

/** Takes a key away for good, and its seal with it; its row stays for the receipts that name it. Throws AccessError('not_found'). */
export async function deleteOwnKey(prisma: PrismaClient, of: OwnKeyOfOrganization): Promise<void> {
  await changeOwnKey(prisma, of, 'ownKey.delete', { deletedAt: new Date(), enabled: false, credentialSealed: '' });
}

async function changeOwnKey(
  prisma: PrismaClient,
  { organizationId, ownKeyId, actor }: OwnKeyOfOrganization,
  action: string,
  data: Prisma.OwnKeyUpdateManyMutationInput,
  to: OwnKeyChange = {},
): Promise<void> {
  await prisma.$transaction(async (session) => {
    const where = { id: ownKeyId, organizationId, deletedAt: null };
    const row = await session.ownKey.findFirst({ where });
    const { count } = await session.ownKey.updateMany({ where, data });
    if (!row || count === 0) throw new AccessError('not_found', 'no such key');
    const from = Object.fromEntries(Object.keys(to).map((name) => [name, row[name as keyof OwnKeyChange]]));
    const detail = Object.keys(to).length > 0 ? { from, to: { ...to } } : {};
    await writeAudit(session, actor, { action, target: ownKeyId, organizationId, detail });
  });
}
