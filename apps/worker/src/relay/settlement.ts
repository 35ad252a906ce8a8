import type { ChannelSnapshot } from '@ai-bridge/catalog';
import {
  areOrdinary,
  charge,
  cost,
  listBasisPoints,
  listTerms,
  type Outcome,
  type Price,
  promptTokens,
  type Terms,
  type Usage,
  type UsageSource,
} from '@ai-bridge/domain';
import { certainPromptTokens } from './expected-cost.ts';

/** How an attempt's answer ended, as far as money is concerned. */
export interface AnswerEnd {
  readonly outcome: Exclude<Outcome, 'rejected'>;
  /** What the upstream reported so far; may be the beginning of a count when the stream was cut. */
  readonly reported: Usage | undefined;
  /** Whether `reported` is the final word. */
  readonly isFinal: boolean;
  /** Output tokens that surely went out, for when nothing final was reported. */
  readonly deliveredOutputTokens: number;
  /** Size of the prompt in bytes, for when not even the input was reported. */
  readonly promptBytes: number;
  /** Whether anything at all was produced by the upstream. */
  readonly hasBegun: boolean;
  /** The most that may be charged: set when the stream was ended because the balance was used up. */
  readonly chargeAtMost?: bigint | undefined;
}

export interface Settlement {
  readonly usage: Usage;
  readonly usageSource: UsageSource;
  readonly chargeNanoUsd: bigint;
  /** What the upstream asks of the operator for it. */
  readonly costNanoUsd: bigint;
  /** What the charge takes into account besides usage and price. */
  readonly terms: Terms;
}

/** Of a request that nothing was used for. */
export const nothingUsed: Settlement = {
  usage: {},
  usageSource: 'none',
  chargeNanoUsd: 0n,
  costNanoUsd: 0n,
  terms: listTerms,
};

interface Priced {
  readonly price: Price;
  readonly terms: Terms;
  readonly channel: Pick<ChannelSnapshot, 'costBasisPoints'>;
}

/**
 * The settlement table (docs/decisions/0003): what the customer pays for each way in which a request can end.
 *
 * | outcome                                    | usage             | pays                  |
 * | failed before a first byte                 | none              | nothing               |
 * | completed, client_left, upstream_broke     | reported if final | exactly               |
 * | the same, nothing final reported           | estimated         | what surely went out  |
 *
 * @param lostCacheTokens tokens of the prompt that the cache would have held, had we not moved the conversation
 */
export function settle(end: AnswerEnd, priced: Priced, lostCacheTokens: number): Settlement {
  if (end.outcome === 'failed' || !end.hasBegun) return nothingUsed;
  if (end.isFinal && end.reported) return charged(end.reported, 'reported', end, priced, lostCacheTokens);
  return charged(estimate(end), 'estimated', end, priced, lostCacheTokens);
}

function estimate(end: AnswerEnd): Usage {
  const reported = end.reported ?? {};
  const output = Math.max(reported.output ?? 0, end.deliveredOutputTokens);
  if (end.reported && promptTokens(reported) > 0) return { ...reported, output };
  const { webSearches, rates } = reported;
  return { input: certainPromptTokens(end.promptBytes), output, webSearches, rates };
}

function charged(
  usage: Usage,
  usageSource: UsageSource,
  end: AnswerEnd,
  { price, terms: agreed, channel }: Priced,
  lostCacheTokens: number,
): Settlement {
  const terms = lostCacheTokens === 0 ? agreed : forgiving(agreed, usage, lostCacheTokens);
  const full = charge(usage, price, terms);
  const chargeNanoUsd = end.chargeAtMost !== undefined && full > end.chargeAtMost ? end.chargeAtMost : full;
  // What the customer is forgiven, or was not asked for as the balance was used up, the upstream bills all the same.
  const { costBasisPoints } = channel;
  const isListPrice = costBasisPoints === listBasisPoints && areOrdinary(terms);
  const costNanoUsd = isListPrice ? full : cost(usage, price, costBasisPoints);
  return { usage, usageSource, chargeNanoUsd, costNanoUsd, terms };
}

/** A switch of ours costs the customer nothing: what the cache would have held is charged as read from it, as far as it was not. */
function forgiving(agreed: Terms, usage: Usage, lostCacheTokens: number): Terms {
  const uncached = promptTokens(usage) - (usage.cacheRead ?? 0);
  const forgivenTokens = Math.max(0, Math.min(lostCacheTokens - (usage.cacheRead ?? 0), uncached));
  if (forgivenTokens === 0) return agreed;
  return { multiplierBasisPoints: agreed.multiplierBasisPoints, forgivenTokens, multiplier: agreed.multiplier };
}
