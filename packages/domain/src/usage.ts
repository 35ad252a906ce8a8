import type { Rate } from './rate.ts';

/**
 * What one request used: tokens by kind, and what is billed beside them. The kinds are disjoint, except that `reasoning` is a part of `output`.
 * `undefined` means the upstream did not report it, which is not zero.
 */
export interface Usage {
  /** Prompt tokens that were neither read from nor written to a cache. */
  readonly input?: number | undefined;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite5m?: number | undefined;
  readonly cacheWrite1h?: number | undefined;
  /** Everything the model produced, reasoning included. */
  readonly output?: number | undefined;
  readonly reasoning?: number | undefined;
  /** Searches that the upstream made for the answer and bills one by one; failed ones are none. */
  readonly webSearches?: number | undefined;
  /** What the upstream says it answered at, each once; undefined where that is its standard. */
  readonly rates?: readonly Rate[] | undefined;
}

/** Where the numbers of a usage come from: the upstream, our own estimate, or nothing was used. */
export type UsageSource = 'reported' | 'estimated' | 'none';

/** The largest count believed of any one kind; more is an upstream's mistake. */
export const maxTokensOfAKind = 100_000_000;
/** The most searches believed of one answer. */
export const maxWebSearches = 10_000;

/** All prompt tokens, cached or not: what price tiers are chosen by. */
export function promptTokens(usage: Usage): number {
  return (usage.input ?? 0) + (usage.cacheRead ?? 0) + (usage.cacheWrite5m ?? 0) + (usage.cacheWrite1h ?? 0);
}
