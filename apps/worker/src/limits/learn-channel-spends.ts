import type { ChannelSnapshot } from '@ai-bridge/catalog';
import type { Sql } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import { readChannelSpendSoFar } from '@ai-bridge/usage';
import { channelSpendLimits, type Spends } from './spends.ts';

/** Reads what channels with spend limits have cost so far, whichever worker they cost it through; asks nothing where there is none. */
export async function learnChannelSpends(
  spends: Spends,
  channels: readonly ChannelSnapshot[],
  { database, clock }: { readonly database: Sql; readonly clock: Pick<Clock, 'now'> },
): Promise<void> {
  const limited = channels.filter(({ limits }) => limits !== undefined && channelSpendLimits(limits) !== undefined);
  if (limited.length === 0) return;
  const now = new Date(clock.now());
  const spent = await readChannelSpendSoFar(database, { channelIds: limited.map(({ id }) => id), now });
  for (const { channelId, ...sums } of spent) spends.learn(channelId, { atMs: now.getTime(), ...sums });
}
