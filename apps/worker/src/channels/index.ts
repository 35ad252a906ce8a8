import { type ChannelSnapshot, writeChannelStates } from '@ai-bridge/catalog';
import type { Database } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import type { UpstreamPools } from '../upstream/pools.ts';
import { createHealthBoard, type HealthBoard } from './health-board.ts';
import { startProbes } from './probes.ts';
import { publishStates } from './publish-states.ts';

export interface ChannelWatchOptions {
  readonly clock: Clock;
  readonly database: Database;
  readonly workerId: string;
  readonly pools: UpstreamPools;
  /** What this worker sent to a channel in the last minute; undefined where it has no limits. */
  sent(channelId: string): { readonly requests: number; readonly tokens: number } | undefined;
  /** The channels as they are now. */
  channels(): readonly ChannelSnapshot[];
  onError(error: unknown): void;
}

/** Watches over the channels: how they do, whether ejected ones live again, and telling staff of it. */
export function watchChannels(options: ChannelWatchOptions): { board: HealthBoard; close(): Promise<void> } {
  const { clock, database, workerId, sent, onError } = options;
  const board = createHealthBoard(clock, () => publisher.changed());
  const write = (states: Parameters<typeof writeChannelStates>[2]) => writeChannelStates(database, workerId, states);
  const publisher = publishStates({ clock, board, sent, write, onError });
  const probes = startProbes({ ...options, board });
  return {
    board,
    async close() {
      probes.stop();
      await publisher.close();
    },
  };
}
