import type { PrismaSession } from '@ai-bridge/db';
import { isOwnKeyPreset, type OwnKeyPreset } from '@ai-bridge/domain';

/** A customer's own key as it comes to a worker, which alone can open it. */
export interface SealedOwnKey {
  readonly id: string;
  readonly name: string;
  readonly preset: OwnKeyPreset;
  readonly credentialSealed: string;
  readonly last4: string;
  readonly isExclusive: boolean;
}

/** Those of stored rows whose provider is known. */
export function sealedOwnKeys(rows: readonly (Omit<SealedOwnKey, 'preset'> & { preset: string })[]): SealedOwnKey[] {
  return rows.filter((row): row is SealedOwnKey => isOwnKeyPreset(row.preset));
}

/** An own key by its id, switched on or off: its owner tests what is not used yet. Undefined where there is none. */
export async function findOwnKey(prisma: PrismaSession, ownKeyId: string): Promise<SealedOwnKey | undefined> {
  const row = await prisma.ownKey.findFirst({
    where: { id: ownKeyId, deletedAt: null },
    select: { id: true, name: true, preset: true, credentialSealed: true, last4: true, isExclusive: true },
  });
  return row ? sealedOwnKeys([row])[0] : undefined;
}
