import type { Clock } from '@ai-bridge/domain';
import { LRUCache } from 'lru-cache';
import { ChannelHealth } from './channel-health.ts';

/** Own keys whose health is remembered; those longest unused are forgotten first. */
const maxOwnKeys = 20_000;

/** How customers' own keys do, by their ids: apart from the house's channels, and told to nobody. */
export interface OwnKeyBoard {
  of(ownKeyId: string): ChannelHealth;
  /** As if nothing had ever gone wrong: its owner saw it work. */
  reset(ownKeyId: string): void;
}

/** Nothing is ever asked with a customer's key that he did not ask for: after an ejection the next request finds out, one at a time. */
export function createOwnKeyBoard(clock: Clock): OwnKeyBoard {
  const keys = new LRUCache<string, ChannelHealth>({ max: maxOwnKeys });
  return {
    of(ownKeyId) {
      let health = keys.get(ownKeyId);
      if (!health) {
        health = new ChannelHealth(() => {});
        keys.set(ownKeyId, health);
      }
      const { breaker } = health;
      const nowMs = clock.monotonicMs();
      if (breaker.state === 'open' && nowMs >= breaker.ejectedUntilMs) breaker.probeAnswered(nowMs);
      return health;
    },
    reset: (ownKeyId) => keys.get(ownKeyId)?.reset(clock.monotonicMs()),
  };
}
