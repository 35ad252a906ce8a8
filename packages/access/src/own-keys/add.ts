import { type PrismaClient, type PrismaSession, sqlOf } from '@ai-bridge/db';
import { newId, type OwnKeyPreset } from '@ai-bridge/domain';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { readName } from '../names.ts';
import { readOwnCredential } from './credential.ts';
import { type OwnKeyView, ownKeyViewColumns } from './view.ts';

/** Own keys that an organization may have at once. */
export const maxOwnKeys = 20;

export interface NewOwnKey {
  readonly organizationId: string;
  readonly preset: OwnKeyPreset;
  readonly name: string;
  /** As it was pasted. */
  readonly credential: string;
  /** Requests for this provider's models go nowhere else. */
  readonly isExclusive: boolean;
  readonly actor?: Actor | undefined;
}

/** Seals a credential for the row of this id, for workers alone to open. */
export type SealOwnKey = (preset: OwnKeyPreset, ownKeyId: string, credential: string) => string;

/**
 * Keeps a customer's own key with a provider: sealed, and never shown again.
 * @throws AccessError not_found, name_invalid, own_key_limit_reached, and those of readOwnCredential
 */
export async function addOwnKey(prisma: PrismaClient, key: NewOwnKey, seal: SealOwnKey): Promise<OwnKeyView> {
  const { organizationId, preset, isExclusive, actor } = key;
  const name = readName(key.name);
  const credential = readOwnCredential(preset, key.credential);
  const id = newId('own');
  const last4 = credential.slice(-4);
  const columns = { id, organizationId, createdByUserId: actor?.userId ?? null, name, preset, last4, isExclusive };
  return prisma.$transaction(async (session) => {
    await makeRoom(session, organizationId);
    const credentialSealed = seal(preset, id, credential);
    const row = await session.ownKey.create({ data: { ...columns, credentialSealed }, select: ownKeyViewColumns });
    const detail = { name, preset, last4, isExclusive };
    await writeAudit(session, actor, { action: 'ownKey.add', target: id, organizationId, detail });
    return { ...row, preset };
  });
}

/** Holds the organization's row, so that keys added at once are counted one after another. */
async function makeRoom(session: PrismaSession, organizationId: string): Promise<void> {
  const found = await sqlOf(session).query('SELECT 1 FROM organization WHERE id = $1 FOR UPDATE', [organizationId]);
  if (found.length === 0) throw new AccessError('not_found', 'no such organization');
  const kept = await session.ownKey.count({ where: { organizationId, deletedAt: null } });
  if (kept >= maxOwnKeys) throw new AccessError('own_key_limit_reached', `expected at most ${maxOwnKeys} own keys`);
}
