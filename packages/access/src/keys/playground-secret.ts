import { type PrismaClient, sqlOf } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { AccessError } from '../access-error.ts';
import { writeAudit } from '../audit.ts';
import type { Pepper } from './create.ts';
import { keyDigest } from './digest.ts';
import { generateKey, shownParts } from './format.ts';
import type { KeyOfOrganization } from './manage.ts';

/** How long a secret of the playground works. The page asks for another one meanwhile. */
export const playgroundSecretMs = 15 * 60_000;

/**
 * Makes a short-lived secret by which one member tries a key in the browser: bound to that key's organization, group, models, limits, addresses
 * and expiry, as it is that key. It ends with its time, with the key, and with the person's membership; a person has one per key.
 * Throws AccessError: not_found, key_unusable (disabled or expired).
 */
export async function openPlaygroundSecret(
  prisma: PrismaClient,
  of: KeyOfOrganization & { readonly userId: string; readonly now: Date },
  { pepper }: Pepper,
): Promise<{ secret: string; worksUntil: Date }> {
  const { apiKeyId, organizationId, userId, now } = of;
  const secret = generateKey();
  const worksUntil = new Date(now.getTime() + playgroundSecretMs);
  await prisma.$transaction(async (session) => {
    await sqlOf(session).query('SELECT 1 FROM api_key WHERE id = $1 FOR UPDATE', [apiKeyId]);
    const key = await session.apiKey.findFirst({ where: { id: apiKeyId, organizationId, deletedAt: null } });
    if (!key) throw new AccessError('not_found', 'no such key');
    if (key.disabledAt || (key.expiresAt && key.expiresAt <= now))
      throw new AccessError('key_unusable', 'expected a key that is active');
    const mine = { apiKeyId, userId, purpose: 'playground' };
    const ended = { apiKeyId, purpose: 'playground', worksUntil: { lte: now } };
    const { count: hadOne } = await session.apiKeySecret.deleteMany({ where: { ...mine, worksUntil: { gt: now } } });
    await session.apiKeySecret.deleteMany({ where: ended });
    await session.apiKeySecret.create({
      data: {
        ...{ id: newId('sec'), ...mine, digest: keyDigest(secret, pepper), ...shownParts(secret) },
        ...{ createdAt: now, worksUntil },
      },
    });
    // Told once per sitting, not each time that the page renews it.
    const entry = { action: 'apiKey.playground', target: apiKeyId, organizationId, detail: { name: key.name } };
    if (hadOne === 0) await writeAudit(session, of.actor, entry);
  });
  return { secret, worksUntil };
}
