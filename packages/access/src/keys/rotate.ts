import { type PrismaClient, type PrismaSession, sqlOf } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { AccessError } from '../access-error.ts';
import { writeAudit } from '../audit.ts';
import type { Pepper } from './create.ts';
import { keyDigest } from './digest.ts';
import { generateKey, shownParts } from './format.ts';
import { type KeyOfOrganization, ownedByPeople } from './manage.ts';

/** Earlier secrets of one key that still work: more than anybody replaces at once. */
export const maxEarlierSecrets = 5;
const maxGraceMs = 7 * 24 * 3_600_000;

/** A secret that a key had before, and until when it works. */
export interface EarlierSecret {
  readonly id: string;
  readonly apiKeyId: string;
  readonly prefix: string;
  readonly last4: string;
  readonly worksUntil: Date;
}

/**
 * Gives a key a new secret and keeps all that is set on it. The one it had works for `graceMs` more (0: no longer) and then ends by itself.
 * @returns the new secret, which is not stored and cannot be shown again
 * Throws AccessError: not_found, key_owned_by_file, key_rotated_too_often, settings_invalid (a grace above seven days).
 */
export async function rotateApiKey(
  prisma: PrismaClient,
  change: KeyOfOrganization & { readonly graceMs: number; readonly now: Date },
  { pepper }: Pepper,
): Promise<{ secret: string }> {
  const { graceMs, now, apiKeyId, organizationId } = change;
  if (!Number.isSafeInteger(graceMs) || graceMs < 0 || graceMs > maxGraceMs)
    throw new AccessError('settings_invalid', 'expected at most seven days', 'graceMs');
  const secret = generateKey();
  await prisma.$transaction(async (session) => {
    const { digest, prefix, last4, name } = await ownedByPeople(session, change);
    if (graceMs > 0) await makeRoom(session, apiKeyId, now);
    const worksUntil = new Date(now.getTime() + graceMs);
    // Those that no longer work are kept too: a key is also found by what it looked like before.
    await session.apiKeySecret.create({
      data: { id: newId('sec'), apiKeyId, digest, prefix, last4, purpose: 'rotated', createdAt: now, worksUntil },
    });
    const fresh = { digest: keyDigest(secret, pepper), ...shownParts(secret), rotatedAt: now };
    await session.apiKey.update({ where: { id: apiKeyId }, data: fresh });
    const detail = { name, before: `${prefix}…${last4}`, worksUntil: worksUntil.toISOString() };
    await writeAudit(session, change.actor, { action: 'apiKey.rotate', target: apiKeyId, organizationId, detail });
  });
  return { secret };
}

async function makeRoom(session: PrismaSession, apiKeyId: string, now: Date): Promise<void> {
  const live = await session.apiKeySecret.count({ where: { apiKeyId, purpose: 'rotated', worksUntil: { gt: now } } });
  if (live >= maxEarlierSecrets)
    throw new AccessError('key_rotated_too_often', `expected at most ${maxEarlierSecrets} earlier secrets that work`);
}

/** Ends an earlier secret before its time; one that has ended stays so. Throws AccessError('not_found'). */
export async function endEarlierSecret(
  prisma: PrismaClient,
  change: KeyOfOrganization & { readonly secretId: string; readonly now: Date },
): Promise<void> {
  const { apiKeyId, organizationId, secretId, now } = change;
  await prisma.$transaction(async (session) => {
    const of = { organizationId, deletedAt: null };
    const secret = await session.apiKeySecret.findFirst({
      where: { id: secretId, apiKeyId, purpose: 'rotated', apiKey: of },
      select: { prefix: true, last4: true, apiKey: { select: { name: true } } },
    });
    if (!secret) throw new AccessError('not_found', 'no such secret');
    const { count } = await session.apiKeySecret.updateMany({
      where: { id: secretId, worksUntil: { gt: now } },
      data: { worksUntil: now },
    });
    if (count === 0) return;
    const detail = { name: secret.apiKey.name, ended: `${secret.prefix}…${secret.last4}` };
    await writeAudit(session, change.actor, { action: 'apiKey.endSecret', target: apiKeyId, organizationId, detail });
  });
}

/** The earlier secrets of an organization's keys that still work, those first that end first. */
export function listEarlierSecrets(
  prisma: PrismaSession,
  of: { readonly organizationId: string; readonly now: Date },
): Promise<EarlierSecret[]> {
  return sqlOf(prisma).query<EarlierSecret>(
    `SELECT s.id, s.api_key_id AS "apiKeyId", s.prefix, s.last4, s.works_until AS "worksUntil"
     FROM api_key k JOIN api_key_secret s ON s.api_key_id = k.id
     WHERE k.organization_id = $1 AND k.deleted_at IS NULL AND s.purpose = 'rotated' AND s.works_until > $2
     ORDER BY s.works_until, s.id`,
    [of.organizationId, of.now],
  );
}
