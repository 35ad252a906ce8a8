import { addOwnKey } from '@ai-bridge/access';
import { readOwnKeyPlaces, sealingPublicKey, sealOwnKey } from '@ai-bridge/catalog';
import type { OwnKeyPreset } from '@ai-bridge/domain';
import type { Stack } from './stack.ts';
import { withPrisma } from './with-prisma.ts';

export interface GivenOwnKey {
  /** The organization's name in the config. */
  readonly of: string;
  readonly preset: OwnKeyPreset;
  readonly credential: string;
  readonly isExclusive?: boolean;
  readonly name?: string;
}

/** Gives an organization an own key, as its console would. @returns the key's id */
export async function giveOwnKey(stack: Stack, given: GivenOwnKey): Promise<string> {
  const { preset, credential, isExclusive = false, name = `${given.of} ${preset}` } = given;
  const places = readOwnKeyPlaces(stack.environment);
  const publicKey = sealingPublicKey(stack.environment['BRIDGE_SEALING_KEY'] ?? '');
  const [row] = await stack.database.query<{ id: string }>('SELECT id FROM organization WHERE name = $1', [given.of]);
  return withPrisma(stack, async (prisma) => {
    const key = { organizationId: row?.id ?? '', preset, credential, isExclusive, name };
    const added = await addOwnKey(prisma, key, (of, id, secret) => sealOwnKey(publicKey, places[of], id, secret));
    return added.id;
  });
}
