import type { PrismaSession } from '@ai-bridge/db';
import type { ChannelSnapshot } from '../snapshot.ts';
import { channelSnapshot } from './channel-snapshot.ts';

export interface LoadedChannel {
  readonly channel: ChannelSnapshot;
  readonly preset: string;
}

/**
 * One channel as a worker uses it, switched on or off: staff test what does not serve yet.
 * @param sealingKey BRIDGE_SEALING_KEY
 * @returns undefined where there is none
 * @throws SealError when its credential does not open
 */
export async function loadChannel(
  session: PrismaSession,
  channelId: string,
  sealingKey: string,
): Promise<LoadedChannel | undefined> {
  const row = await session.channel.findUnique({ where: { id: channelId } });
  if (!row || row.deletedAt !== null) return undefined;
  const models = await session.model.findMany({ where: { enabled: true }, select: { id: true, provider: true } });
  return { channel: channelSnapshot(row, models, sealingKey), preset: row.preset };
}
