import { type Prisma, type PrismaClient, type PrismaSession, sqlOf } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { maxLiveKeys } from './create.ts';
import { type KeySettings, keyColumns } from './settings.ts';
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

/** Replaces all that can be set on a key. Throws AccessError: not_found, settings_invalid. */
export async function updateApiKey(
  prisma: PrismaClient,
  change: KeyOfOrganization & { readonly settings: KeySettings },
): Promise<void> {
  await changeApiKey(prisma, change, 'apiKey.update', keyColumns(change.settings));
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

/** Notes that keys were used, to the minute. Tells nobody: workers need not hear of it. */
export async function touchApiKeys(prisma: PrismaSession, apiKeyIds: readonly string[], now: Date): Promise<void> {
  if (apiKeyIds.length === 0) return;
  await sqlOf(prisma).query(
    `UPDATE api_key SET last_used_at = date_trunc('minute', $2::timestamptz)
     WHERE id = ANY($1::text[]) AND (last_used_at IS NULL OR last_used_at < date_trunc('minute', $2::timestamptz))`,
    [apiKeyIds, now],
  );
}
