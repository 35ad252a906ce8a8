import type { ApiOutput } from '#components/api.ts';
import type { Channel } from './channel-filter.ts';
import type { LimitName } from './limit-form.ts';

export type SpendSoFar = ApiOutput['channel']['spendSoFar'][number];

/** How much of one limit is used just now. Counts, or nano-USD. */
export interface LimitUse {
  readonly name: LimitName;
  /** Undefined while it is on its way. */
  readonly used: bigint | undefined;
  readonly limit: bigint;
}

/**
 * What is used of each limit that a channel has; what no worker tells of is not used.
 * @param spent of this channel; undefined while it is on its way, null where it cost nothing this month
 */
export function limitUses({ limits, health }: Channel, spent: SpendSoFar | null | undefined): readonly LimitUse[] {
  const spend = (sum: 'dayNanoUsd' | 'monthNanoUsd') => (spent === null ? 0n : spent?.[sum]);
  const all: readonly [LimitName, number | bigint | undefined, bigint | undefined][] = [
    ['concurrency', limits.concurrency, BigInt(health?.inFlight ?? 0)],
    ['rpm', limits.rpm, BigInt(health?.requestsLastMinute ?? 0)],
    ['tpm', limits.tpm, BigInt(health?.tokensLastMinute ?? 0)],
    ['spendPerDay', limits.spendPerDayNanoUsd, spend('dayNanoUsd')],
    ['spendPerMonth', limits.spendPerMonthNanoUsd, spend('monthNanoUsd')],
  ];
  return all.flatMap(([name, limit, used]) => (limit === undefined ? [] : [{ name, used, limit: BigInt(limit) }]));
}

/** Whole percent of a limit that is used; undefined while that is on its way. */
export function usedPercent({ used, limit }: LimitUse): number | undefined {
  return used === undefined ? undefined : Number((used * 100n) / limit);
}

/** The one that will stop the channel first; undefined where there is none. */
export function tightest(uses: readonly LimitUse[]): LimitUse | undefined {
  return uses.reduce<LimitUse | undefined>((most, use) => {
    return most === undefined || (usedPercent(use) ?? 0) > (usedPercent(most) ?? 0) ? use : most;
  }, undefined);
}
