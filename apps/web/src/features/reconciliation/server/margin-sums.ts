import { type Earned, isSoldBelowCost, marginOf } from '@ai-bridge/billing';
import { listBasisPoints } from '@ai-bridge/domain';
import type { ModelDay } from '@ai-bridge/usage';

/** What some days and models brought in. */
export interface MarginSum {
  readonly chargeNanoUsd: bigint;
  /** Null where none of it is known; so are the margins. */
  readonly costNanoUsd: bigint | null;
  /** Of the charge, what no cost is known of: not in the margin. */
  readonly uncostedNanoUsd: bigint;
  readonly marginNanoUsd: bigint | null;
  /** Of the charge whose cost is known, rounded towards zero; null where that is nothing. */
  readonly marginBasisPoints: number | null;
  /** How many models and days of it were sold below cost. */
  readonly losses: number;
}

export interface MarginSums {
  readonly total: MarginSum;
  /** Newest first. */
  readonly days: readonly (MarginSum & { readonly day: string })[];
  /** The largest cost first. */
  readonly models: readonly (MarginSum & { readonly model: string })[];
}

/** Sums up by day, by model, and all of it. */
export function marginSums(earned: readonly ModelDay[]): MarginSums {
  const days = [...groupsOf(earned, ({ day }) => day)].map(([day, those]) => ({ day, ...marginSum(those) }));
  const models = [...groupsOf(earned, ({ model }) => model)].map(([model, those]) => ({ model, ...marginSum(those) }));
  return {
    total: marginSum(earned),
    days: days.sort((a, b) => (a.day < b.day ? 1 : -1)),
    models: models.sort(
      (a, b) => compare(b.costNanoUsd ?? 0n, a.costNanoUsd ?? 0n) || compare(b.chargeNanoUsd, a.chargeNanoUsd),
    ),
  };
}

/** The margin of some of it. */
export function marginSum(earned: readonly Earned[]): MarginSum {
  const sum = { chargeNanoUsd: 0n, costNanoUsd: 0n, uncostedNanoUsd: 0n };
  for (const one of earned) {
    sum.chargeNanoUsd += one.chargeNanoUsd;
    sum.costNanoUsd += one.costNanoUsd;
    sum.uncostedNanoUsd += one.uncostedNanoUsd;
  }
  const losses = earned.filter(isSoldBelowCost).length;
  const costedNanoUsd = sum.chargeNanoUsd - sum.uncostedNanoUsd;
  if (costedNanoUsd === 0n && sum.costNanoUsd === 0n && sum.chargeNanoUsd > 0n) {
    return { ...sum, costNanoUsd: null, marginNanoUsd: null, marginBasisPoints: null, losses };
  }
  const marginNanoUsd = marginOf(sum);
  const share = costedNanoUsd === 0n ? null : Number((marginNanoUsd * BigInt(listBasisPoints)) / costedNanoUsd);
  return { ...sum, marginNanoUsd, marginBasisPoints: share, losses };
}

function groupsOf(earned: readonly ModelDay[], nameOf: (one: ModelDay) => string): Map<string, ModelDay[]> {
  const groups = new Map<string, ModelDay[]>();
  for (const one of earned) {
    const group = groups.get(nameOf(one));
    if (group) group.push(one);
    else groups.set(nameOf(one), [one]);
  }
  return groups;
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a > b ? 1 : -1;
}
