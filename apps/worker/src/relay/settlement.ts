import { charge, type Outcome, type Price, promptTokens, type Usage, type UsageSource } from '@ai-bridge/domain';
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
}

/**
 * The settlement table (docs/decisions/0003): what the customer pays for each way in which a request can end.
 *
 * | outcome                                    | usage             | pays                  |
 * | failed before a first byte                 | none              | nothing               |
 * | completed, client_left, upstream_broke     | reported if final | exactly               |
 * | the same, nothing final reported           | estimated         | what surely went out  |
 */
export function settle(end: AnswerEnd, price: Price): Settlement {
  if (end.outcome === 'failed' || !end.hasBegun) return { usage: {}, usageSource: 'none', chargeNanoUsd: 0n };
  if (end.isFinal && end.reported) return priced(end.reported, 'reported', end, price);
  return priced(estimate(end), 'estimated', end, price);
}

function estimate(end: AnswerEnd): Usage {
  const reported = end.reported ?? {};
  const output = Math.max(reported.output ?? 0, end.deliveredOutputTokens);
  if (end.reported && promptTokens(reported) > 0) return { ...reported, output };
  const { webSearches, rates } = reported;
  return { input: certainPromptTokens(end.promptBytes), output, webSearches, rates };
}

function priced(usage: Usage, usageSource: UsageSource, end: AnswerEnd, price: Price): Settlement {
  const full = charge(usage, price);
  const chargeNanoUsd = end.chargeAtMost !== undefined && full > end.chargeAtMost ? end.chargeAtMost : full;
  return { usage, usageSource, chargeNanoUsd };
}
