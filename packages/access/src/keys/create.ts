import { type PrismaClient, type PrismaSession, sqlOf } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { isUniqueViolation } from '../unique-violation.ts';
import { keyDigest } from './digest.ts';
import { generateKey, isWellFormedKey, shownParts } from './format.ts';
import { type KeySettings, keyColumns } from './settings.ts';
import { type ApiKeyView, keyView, viewColumns } from './view.ts';

/** Keys an organization may have that are not deleted. */
export const maxLiveKeys = 100;

export interface NewApiKey extends KeySettings {
  readonly organizationId: string;
  readonly createdByUserId?: string | undefined;
  readonly actor?: Actor | undefined;
}

export interface Pepper {
  /** BRIDGE_KEY_PEPPER */
  readonly pepper: string;
}

/**
 * Makes a key and returns its secret, which is not stored and cannot be shown again.
 * Throws AccessError: not_found, settings_invalid, key_limit_reached.
 */
export async function createApiKey(
  prisma: PrismaClient,
  key: NewApiKey,
  { pepper }: Pepper,
): Promise<{ apiKey: ApiKeyView; secret: string }> {
  const secret = generateKey();
  const apiKey = await prisma.$transaction((session) => insertApiKey(session, key, secret, pepper));
  return { apiKey, secret };
}

/**
 * Makes a key with a secret that exists already, for moving in from another relay.
 * Throws AccessError: those of createApiKey, key_malformed, key_taken.
 */
export async function importApiKey(
  prisma: PrismaClient,
  key: NewApiKey & { readonly secret: string },
  { pepper }: Pepper,
): Promise<ApiKeyView> {
  try {
    return await prisma.$transaction((session) => insertApiKey(session, key, key.secret, pepper));
  } catch (error) {
    if (isUniqueViolation(error)) throw new AccessError('key_taken', 'this secret is in use already');
    throw error;
  }
}

/** Adds the key and its audit row to the transaction; the unique digest is left to the database. */
export async function insertApiKey(
  session: PrismaSession,
  key: NewApiKey,
  secret: string,
  pepper: string,
): Promise<ApiKeyView> {
  const { organizationId, createdByUserId, actor, ...settings } = key;
  const columns = keyColumns(settingsOf(settings));
  if (!isWellFormedKey(secret)) throw new AccessError('key_malformed', importableKey);
  await makeRoom(session, organizationId);
  if (createdByUserId !== undefined) await stillMember(session, organizationId, createdByUserId);
  const row = await session.apiKey.create({
    data: {
      id: newId('key'),
      organizationId,
      createdByUserId: createdByUserId ?? null,
      digest: keyDigest(secret, pepper),
      ...shownParts(secret),
      ...columns,
    },
    select: viewColumns,
  });
  await writeAudit(session, actor, {
    action: 'apiKey.create',
    target: row.id,
    organizationId,
    detail: { name: row.name, prefix: row.prefix },
  });
  return keyView(row);
}

/** The settings alone: who imports a key gives its secret beside them. */
function settingsOf(key: KeySettings): KeySettings {
  const { name, group, models, allowedAddresses, limits, strict, expiresAt, spendPerDayNanoUsd, spendPerMonthNanoUsd } =
    key;
  return { name, group, models, allowedAddresses, limits, strict, expiresAt, spendPerDayNanoUsd, spendPerMonthNanoUsd };
}

/** What an imported secret must look like, for messages. */
export const importableKey =
  'expected 16 to 256 printable characters that start with ab- (one of this relay’s own shape needs its checksum)';

/** Holds the organization's row, so that keys made at once are counted one after another. */
async function makeRoom(session: PrismaSession, organizationId: string): Promise<void> {
  const found = await sqlOf(session).query(`SELECT 1 FROM organization WHERE id = $1 FOR UPDATE`, [organizationId]);
  if (found.length === 0) throw new AccessError('not_found', 'no such organization');
  const live = await session.apiKey.count({ where: { organizationId, deletedAt: null } });
  if (live >= maxLiveKeys) throw new AccessError('key_limit_reached', `expected at most ${maxLiveKeys} keys`);
}

/** Whoever was removed while they made a key makes none: the removal holds the same row. */
async function stillMember(session: PrismaSession, organizationId: string, userId: string): Promise<void> {
  const isMember = (await session.member.count({ where: { organizationId, userId } })) > 0;
  if (!isMember) throw new AccessError('not_found', 'no such member');
}
