import type { ChannelSnapshot } from '@ai-bridge/catalog';
import type { Clock } from '@ai-bridge/domain';
import { ChannelHealth } from './channel-health.ts';

/** How every channel does, by its id. */
export interface HealthBoard {
  of(channelId: string): ChannelHealth;
  /** Every channel that was ever asked for and is still there. */
  entries(): IterableIterator<[channelId: string, health: ChannelHealth]>;
  /** The channels as they are now: what is gone is forgotten, and one with another address or credential starts afresh. */
  follow(channels: readonly ChannelSnapshot[]): void;
  /** Takes the channel back at once: staff have mended it. Tells whether it had been out. */
  reset(channelId: string): boolean;
}

/** What tells that a channel was mended: its trouble before says nothing of it now. */
interface Access {
  readonly baseUrl: string;
  readonly credential: string | undefined;
}

/** @param onChange called when a channel's breaker opens or closes */
export function createHealthBoard(clock: Clock, onChange: () => void): HealthBoard {
  const channels = new Map<string, ChannelHealth>();
  const accesses = new Map<string, Access>();

  function of(channelId: string): ChannelHealth {
    let health = channels.get(channelId);
    if (!health) {
      health = new ChannelHealth(onChange);
      channels.set(channelId, health);
    }
    return health;
  }

  return {
    of,
    entries: () => channels.entries(),
    follow(present) {
      const ids = new Set(present.map(({ id }) => id));
      for (const id of channels.keys()) if (!ids.has(id)) channels.delete(id);
      for (const id of accesses.keys()) if (!ids.has(id)) accesses.delete(id);
      for (const { id, baseUrl, credential } of present) {
        const before = accesses.get(id);
        accesses.set(id, { baseUrl, credential });
        const isChanged = before && (before.baseUrl !== baseUrl || before.credential !== credential);
        if (isChanged) channels.get(id)?.reset(clock.monotonicMs());
      }
    },
    reset(channelId) {
      const health = channels.get(channelId);
      const wasOut = health !== undefined && health.state !== 'closed';
      health?.reset(clock.monotonicMs());
      return wasOut;
    },
  };
}
