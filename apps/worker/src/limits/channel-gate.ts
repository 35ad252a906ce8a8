import type { ChannelSnapshot } from '@ai-bridge/catalog';
import type { Clock } from '@ai-bridge/domain';
import type { Full, Limiter } from './limiter.ts';
import { channelSpendLimits, type Spends } from './spends.ts';

/** What one call of an upstream used. */
export interface ChannelUse {
  /** In and out together. */
  readonly tokens: number;
  readonly costNanoUsd: bigint;
}

/** A call's place on a channel that has limits; `release` must be called once, with what was really used. */
export interface ChannelPlace {
  release(used: ChannelUse): void;
}

/** Lets calls onto channels whose upstream's account has limits of its own. Channels without any never come here. */
export interface ChannelGate {
  /** Why a channel takes nothing now, however small; undefined where it does. Takes nothing. */
  whyFull(channel: ChannelSnapshot): Full | undefined;
  /** Takes a place for a call, or says why there is none. */
  enter(channel: ChannelSnapshot, tokens: number, expectedNanoUsd: () => bigint): ChannelPlace | Full;
}

export function isFull(entered: ChannelPlace | Full): entered is Full {
  return 'limit' in entered;
}

/** @param spends what channels cost the operator, beside what keys are charged: a channel is one more subject of both */
export function createChannelGate(
  limiter: Pick<Limiter, 'whyFull' | 'enter'>,
  spends: Pick<Spends, 'whyFull' | 'enter'>,
  clock: Pick<Clock, 'now'>,
): ChannelGate {
  function whyFull({ id, limits }: ChannelSnapshot, tokens: number, nowMs: number): Full | undefined {
    if (limits === undefined) return undefined;
    const spendLimits = channelSpendLimits(limits);
    return limiter.whyFull(id, limits, tokens, nowMs) ?? (spendLimits && spends.whyFull(id, spendLimits));
  }

  return {
    whyFull: (channel) => whyFull(channel, 1, clock.now()),
    enter(channel, tokens, expectedNanoUsd) {
      const nowMs = clock.now();
      const full = whyFull(channel, tokens, nowMs);
      if (full) return full;
      const rates = limiter.enter(channel.id, tokens, nowMs);
      const spend = spends.enter(channel.id, expectedNanoUsd());
      return {
        release(used) {
          rates.release(used.tokens);
          spend.release(used.costNanoUsd);
        },
      };
    },
  };
}
