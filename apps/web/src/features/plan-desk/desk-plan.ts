import type { ApiOutput } from '#components/api.ts';

/** A plan as staff see it. */
export type DeskPlan = ApiOutput['planDesk']['list'][number];

/** Whether a plan can be bought at a moment; if not, why. */
export type SaleState = 'onSale' | 'off' | 'soon' | 'over' | 'free';

export function saleStateOf(
  plan: Pick<DeskPlan, 'enabled' | 'activeFrom' | 'activeUntil' | 'amountMinor'>,
  nowMs: number,
): SaleState {
  if (!plan.enabled) return 'off';
  if (plan.amountMinor === 0n) return 'free';
  if (plan.activeFrom && plan.activeFrom.getTime() > nowMs) return 'soon';
  if (plan.activeUntil && plan.activeUntil.getTime() <= nowMs) return 'over';
  return 'onSale';
}
