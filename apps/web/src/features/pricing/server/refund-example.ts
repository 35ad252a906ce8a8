import { computeRefundable, type Plan, type Refundable } from '@ai-bridge/billing';
import { nanoUsdPerPlanToken } from '@ai-bridge/domain';

/** How much of the example's tokens is used up before it goes back, of a hundred. */
const usedPercent = 40n;

export interface RefundExample {
  readonly plan: Plan;
  /** Of a hundred of its tokens. */
  readonly usedPercent: bigint;
  readonly refundable: Refundable;
}

/** What would come back of a plan of which a part was used, by the function that works out real refunds. */
export function refundExample(plan: Plan): RefundExample {
  const boughtNanoUsd = (plan.tokens + plan.bonusTokens) * nanoUsdPerPlanToken;
  const leftNanoUsd = boughtNanoUsd - (boughtNanoUsd * usedPercent) / 100n;
  const { amountMinor } = plan;
  return { plan, usedPercent, refundable: computeRefundable({ amountMinor, boughtNanoUsd, leftNanoUsd, returns: [] }) };
}
