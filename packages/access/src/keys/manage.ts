import { columnChanges, type Prisma, type PrismaClient, type PrismaSession, sqlOf } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { maxLiveKeys } from './create.ts';
import { type KeyChange, keyColumns } from './settings.ts';
import { type ApiKeyView, keyView, viewColumns } from './view.ts';

/** A key of an organization; a key of another one is as unknown as one that does not exist. */
export interface KeyOfOrganization {
  readonly organizationId: string;
  readonly apiKeyId: string;
  readonly actor?: Actor | undefined;
}

/** The organization's keys that are not deleted, newest first. */
export async function listApiKeys(
  prisma: PrismaSession,
  of: { readonly organizationId: string },
): Promise<ApiKeyView[]> {
  const rows = await prisma.apiKey.findMany({
    where: { organizationId: of.organizationId, deletedAt: null },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: maxLiveKeys,
    select: viewColumns,
  });
  return rows.map(keyView);
}

/** What a receipt calls the key it was made with, also once that is deleted; undefined for another organization's. */
export async function nameOfApiKey(
  prisma: PrismaSession,
  of: { readonly organizationId: string; readonly apiKeyId: string },
): Promise<Pick<ApiKeyView, 'name' | 'last4'> | undefined> {
  const row = await prisma.apiKey.findFirst({
    where: { id: of.apiKeyId, organizationId: of.organizationId },
    select: { name: true, last4: true },
  });
  return row ?? undefined;
}

/** How many keys `namesOfApiKeys` names: far above what organizations have. */
const maxKeysNamed = 5_000;

/** What an organization's keys are called and who made them, the deleted ones too, newest first. */
export function namesOfApiKeys(
  prisma: PrismaSession,
  of: { readonly organizationId: string },
): Promise<Pick<ApiKeyView, 'id' | 'name' | 'last4' | 'createdByUserId'>[]> {
  return prisma.apiKey.findMany({
    where: { organizationId: of.organizationId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: maxKeysNamed,
    select: { id: true, name: true, last4: true, createdByUserId: true },
  });
}

/** Switches a key off or on again. Throws AccessError('not_found'). */
export async function setApiKeyDisabled(
  prisma: PrismaClient,
  change: KeyOfOrganization & { readonly disabled: boolean },
): Promise<void> {
  const disabledAt = change.disabled ? new Date() : null;
  const action = change.disabled ? 'apiKey.disable' : 'apiKey.enable';
  await changeApiKey(prisma, change, action, { disabledAt });
}

/** Takes a key away for good; its row stays for the receipts that name it. Throws AccessError('not_found'). */
export async function deleteApiKey(prisma: PrismaClient, change: KeyOfOrganization): Promise<void> {
  await changeApiKey(prisma, change, 'apiKey.delete', { deletedAt: new Date() });
}

/**
 * Replaces all that can be changed on a key. Its group stays: that was bound to it when it was made.
 * Throws AccessError: not_found, settings_invalid, key_owned_by_file.
 */
export async function updateApiKey(
  prisma: PrismaClient,
  change: KeyOfOrganization & { readonly settings: KeyChange },
): Promise<void> {
  const { group: _, ...columns } = keyColumns(change.settings);
  await prisma.$transaction(async (session) => {
    const before = await ownedByPeople(session, change);
    await session.apiKey.update({ where: { id: change.apiKeyId }, data: columns });
    await writeAudit(session, change.actor, {
      action: 'apiKey.update',
      target: change.apiKeyId,
      organizationId: change.organizationId,
      detail: { name: columns.name, changed: columnChanges(before, columns) },
    });
  });
}

type Row = NonNullable<Awaited<ReturnType<PrismaSession['apiKey']['findUnique']>>>;

/**
 * A key that people look after, held until the transaction ends. What a configuration file keeps it would only put back.
 * Throws AccessError: not_found, key_owned_by_file.
 */
export async function ownedByPeople(session: PrismaSession, key: KeyOfOrganization): Promise<Row> {
  await sqlOf(session).query('SELECT 1 FROM api_key WHERE id = $1 FOR UPDATE', [key.apiKeyId]);
  const { apiKeyId: id, organizationId } = key;
  const row = await session.apiKey.findFirst({ where: { id, organizationId, deletedAt: null } });
  if (!row) throw new AccessError('not_found', 'no such key');
  if (row.createdByUserId === null)
    throw new AccessError('key_owned_by_file', 'expected a key that no configuration file keeps');
  return row;
}

async function changeApiKey(
  prisma: PrismaClient,
  { organizationId, apiKeyId, actor }: KeyOfOrganization,
  action: string,
  data: Prisma.ApiKeyUpdateManyMutationInput,
): Promise<void> {
  await prisma.$transaction(async (session) => {
    const { count } = await session.apiKey.updateMany({
      where: { id: apiKeyId, organizationId, deletedAt: null },
      data,
    });
    if (count === 0) throw new AccessError('not_found', 'no such key');
    await writeAudit(session, actor, { action, target: apiKeyId, organizationId });
  });
}
