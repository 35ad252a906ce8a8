import type { PrismaClient } from '@ai-bridge/db';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { CatalogError } from '../catalog-error.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';

/**
 * Stops giving a channel new requests, or takes that back. What runs on it ends by itself, and what it keeps for customers (files, batches,
 * stored responses) stays within reach, so that it can be taken out without breaking anything. Also of a channel that the configuration
 * file or a variable owns: they say what a channel is, not whether it rests.
 * @throws CatalogError not_found, channel_is_demo, channel_is_off (there is nothing to drain)
 */
export async function setChannelDraining(
  prisma: PrismaClient,
  { channelId, isDraining }: { readonly channelId: string; readonly isDraining: boolean },
  actor: CatalogActor,
): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => {
    const row = await session.channel.findUnique({ where: { id: channelId } });
    if (!row || row.deletedAt !== null) throw new CatalogError('not_found', 'no such channel');
    if (row.origin === 'demo') throw new CatalogError('channel_is_demo', 'it goes with the first real channel');
    if (!row.enabled && isDraining) throw new CatalogError('channel_is_off', 'expected a channel that serves');
    if (isDraining === (row.drainingSince !== null)) return;
    const [now] = await session.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
    await session.channel.update({
      where: { id: channelId },
      data: { drainingSince: isDraining ? (now?.now ?? new Date()) : null },
    });
    await writeAudit(session, actor, isDraining ? 'channel.drain' : 'channel.undrain', channelId, { name: row.name });
  });
}
