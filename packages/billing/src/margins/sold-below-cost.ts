import { nanoUsdPerUsd } from '@ai-bridge/domain';

/** What a model brought in on a day, and what it cost. */
export interface Earned {
  readonly chargeNanoUsd: bigint;
  readonly costNanoUsd: bigint;
  /** Of the charge, what no cost is known of. */
  readonly uncostedNanoUsd: bigint;
}

/** A loss on less than this is not worth anybody's time. */
const leastCostNanoUsd = nanoUsdPerUsd;

/** Charge less cost, as far as the cost is known; negative where it was sold below cost. */
export function marginOf({ chargeNanoUsd, costNanoUsd, uncostedNanoUsd }: Earned): bigint {
  return chargeNanoUsd - uncostedNanoUsd - costNanoUsd;
}

/** Whether somebody has to look at it: sold below cost, with more than a dollar of cost. */
export function isSoldBelowCost(earned: Earned): boolean {
  return earned.costNanoUsd > leastCostNanoUsd && marginOf(earned) < 0n;
}
