import type { PrismaSession } from '@ai-bridge/db';

/** A channel as a list of something else names it. */
export interface ChannelName {
  readonly id: string;
  /** Null where no channel of this id was ever kept. */
  readonly name: string | null;
  readonly isDeleted: boolean;
}

/** Names of channels by id, deleted ones too. Every id asked for is in the answer. */
export async function channelNames(
  session: PrismaSession,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ChannelName>> {
  const rows = await session.channel.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, deletedAt: true },
  });
  const names = new Map<string, ChannelName>(ids.map((id) => [id, { id, name: null, isDeleted: false }]));
  for (const { id, name, deletedAt } of rows) names.set(id, { id, name, isDeleted: deletedAt !== null });
  return names;
}
