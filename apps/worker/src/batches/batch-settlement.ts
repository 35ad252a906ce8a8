import {
  batchCharge,
  type ErrorCode,
  type Outcome,
  type Price,
  type Terms,
  type Usage,
  type UsageSource,
} from '@ai-bridge/domain';
import type { BatchState } from '@ai-bridge/protocol';
import type { OpenBatch } from '@ai-bridge/usage';
import type { BatchOutput } from './read-output.ts';

/** What is known of a batch when it is settled. */
export interface BatchKnowledge {
  readonly batch: Pick<
    OpenBatch,
    'multiplierBasisPoints' | 'lineCount' | 'completedLines' | 'certainPromptTokens' | 'leastLineTokens'
  >;
  /** The upstream's word; undefined where it gives none any more. */
  readonly state: Pick<BatchState, 'status' | 'usage' | 'completedLines'> | undefined;
  /** Undefined where there should be an output and none could be read. */
  readonly output: BatchOutput | undefined;
  /** Of its channel; undefined where that is gone. */
  readonly costBasisPoints: number | undefined;
}

export interface BatchSettlement {
  readonly outcome: Outcome;
  readonly usage: Usage;
  readonly usageSource: UsageSource;
  readonly chargeNanoUsd: bigint;
  /** What it cost the operator; undefined where nobody knows. */
  readonly costNanoUsd: bigint | undefined;
  readonly errorCode: ErrorCode | undefined;
}

/**
 * What a batch costs, in the spirit of docs/decisions/0003: what its requests used by their own words, half price; else what the upstream says
 * of the whole; else what those that are known to be answered surely had as their prompts. Never above the truth.
 */
export function settleBatch({ batch, state, output, costBasisPoints }: BatchKnowledge, price: Price): BatchSettlement {
  const terms = { multiplierBasisPoints: batch.multiplierBasisPoints, forgivenTokens: 0 };
  const priced = (at: Price) => ({ price: at, terms, costBasisPoints });
  const isWhole = output !== undefined && output.unreadable === 0 && output.unmetered === 0;
  if (isWhole) return settled(state, output.usages, 'reported', priced(price));
  // The sum does not tell how long each prompt was: none may pay for the tier of all together.
  if (state?.usage) return settled(state, [state.usage], 'reported', priced({ ...price, tiers: [] }));
  if (output && output.usages.length > 0) return settled(state, output.usages, 'estimated', priced(price));
  const input = leastPromptTokens(batch, state?.completedLines);
  return settled(state, input > 0 ? [{ input }] : [], 'estimated', priced({ ...price, requestFee: 0n, tiers: [] }));
}

/** A batch that its upstream never made. */
export const neverMade: BatchSettlement = {
  outcome: 'failed',
  usage: {},
  usageSource: 'none',
  chargeNanoUsd: 0n,
  costNanoUsd: 0n,
  errorCode: 'overloaded',
};

interface Priced extends Pick<BatchKnowledge, 'costBasisPoints'> {
  readonly price: Price;
  readonly terms: Terms;
}

function settled(
  state: BatchKnowledge['state'],
  usages: readonly Usage[],
  usageSource: UsageSource,
  { price, terms, costBasisPoints }: Priced,
): BatchSettlement {
  const outcome = outcomeOf(state?.status, usages.length > 0);
  return {
    outcome,
    usage: summed(usages),
    usageSource: usages.length > 0 ? usageSource : 'none',
    chargeNanoUsd: batchCharge(usages, price, terms),
    costNanoUsd:
      costBasisPoints === undefined
        ? undefined
        : batchCharge(usages, price, { multiplierBasisPoints: costBasisPoints, forgivenTokens: 0 }),
    errorCode: errorOf(outcome),
  };
}

/** A batch that failed was found wrong by its upstream: the requests in it are the client's. */
function errorOf(outcome: Outcome): ErrorCode | undefined {
  if (outcome === 'failed') return 'invalid_request';
  return outcome === 'upstream_broke' ? 'upstream_broke' : undefined;
}

/** As for a stream: who cancels leaves, and what runs out of time was broken off. */
function outcomeOf(status: string | undefined, hasUsage: boolean): Outcome {
  if (status === 'completed') return 'completed';
  if (status === 'cancelled' || status === 'cancelling') return 'client_left';
  return status === 'failed' && !hasUsage ? 'failed' : 'upstream_broke';
}

const kinds = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output', 'reasoning', 'webSearches'] as const;

/** Counts that nobody reported stay unknown. All of it is charged at the batch rate, which is what receipts are recomputed by. */
function summed(usages: readonly Usage[]): Usage {
  const sum: { -readonly [kind in keyof Usage]: Usage[kind] } = usages.length > 0 ? { rates: ['batch'] } : {};
  for (const usage of usages) {
    for (const kind of kinds) {
      const tokens = usage[kind];
      if (tokens !== undefined) sum[kind] = (sum[kind] ?? 0) + tokens;
    }
  }
  return sum;
}

/** Which requests were answered is not known, only how many: the shortest ones, unless it was all of them. */
function leastPromptTokens(batch: BatchKnowledge['batch'], completedLines: number | undefined): number {
  const completed = Math.min(batch.lineCount, Math.max(batch.completedLines, completedLines ?? 0));
  if (completed === batch.lineCount) return Number(batch.certainPromptTokens);
  return completed * Number(batch.leastLineTokens);
}
