import { nanoUsdPerPlanToken } from '@ai-bridge/domain';
import type { ApiOutput } from '#components/api.ts';
import { decimalOfMinor, minorOfDecimal } from '#components/money.ts';
import { readWholeNumber } from '#components/whole-number.ts';
import type { TopUp } from './billing-page.ts';

type Offers = Pick<ApiOutput['plan']['onSale'], 'plans' | 'customAmount'>;

/** The choice of an amount of one's own among the plans: no plan's id is empty. */
export const ownAmount = '';
export const maxPurchasesPerMonth = 31;
const usualPurchasesPerMonth = 3;
/** A fifth of what a purchase brings. */
const usualShare = 5n;

/** Automatic top-up as it is typed. */
export interface TopUpForm {
  /** Plan tokens. */
  readonly below: string;
  /** A plan's id, or `ownAmount`. */
  readonly planId: string;
  readonly amount: string;
  readonly maxPerMonth: string;
}
export type TopUpField = keyof TopUpForm;

/** What the customer agrees to. */
export interface TopUpTerms {
  readonly belowNanoUsd: bigint;
  readonly wish: { readonly planId: string } | { readonly amountMinor: bigint };
  readonly maxPerMonth: number;
}

/** What one purchase brings and costs; undefined where it cannot be bought. */
export function purchaseOf(form: TopUpForm, { plans, customAmount }: Offers) {
  if (form.planId !== ownAmount) {
    const plan = plans.find(({ id }) => id === form.planId);
    return plan && { tokens: plan.tokens + plan.bonusTokens, amountMinor: plan.amountMinor, currency: plan.currency };
  }
  const { currency, minMinor, maxMinor, tokensPerMinor } = customAmount;
  const amountMinor = minorOfDecimal(form.amount, currency);
  const isRight = amountMinor !== undefined && amountMinor >= minMinor && amountMinor <= maxMinor;
  return isRight ? { tokens: amountMinor * tokensPerMinor, amountMinor, currency } : undefined;
}

/** The form of what is set, or one that most would choose. */
export function topUpFormOf(topUp: TopUp | null, offers: Offers): TopUpForm {
  const [plan] = offers.plans;
  if (!topUp) {
    const tokens = plan
      ? plan.tokens + plan.bonusTokens
      : offers.customAmount.minMinor * offers.customAmount.tokensPerMinor;
    const amount = decimalOfMinor(offers.customAmount.minMinor, offers.customAmount.currency);
    const maxPerMonth = String(usualPurchasesPerMonth);
    return { below: String(tokens / usualShare), planId: plan?.id ?? ownAmount, amount, maxPerMonth };
  }
  const isSold = topUp.planId === null || offers.plans.some(({ id }) => id === topUp.planId);
  return {
    below: String(topUp.belowNanoUsd / nanoUsdPerPlanToken),
    planId: isSold ? (topUp.planId ?? ownAmount) : (plan?.id ?? ownAmount),
    amount: decimalOfMinor(topUp.planId === null ? topUp.amountMinor : offers.customAmount.minMinor, topUp.currency),
    maxPerMonth: String(topUp.maxPerMonth),
  };
}

/** Reads what was typed, exactly. @returns the terms, or the fields that are not right */
export function readTopUpForm(
  form: TopUpForm,
  offers: Offers,
): { terms: TopUpTerms } | { wrong: readonly TopUpField[] } {
  const purchase = purchaseOf(form, offers);
  const below = readWholeNumber(form.below);
  const max = readWholeNumber(form.maxPerMonth);
  const wrong: TopUpField[] = [];
  if (!purchase) wrong.push(form.planId === ownAmount ? 'amount' : 'planId');
  if (below === undefined || below < 1n || (purchase && below > purchase.tokens)) wrong.push('below');
  if (max === undefined || max < 1n || max > maxPurchasesPerMonth) wrong.push('maxPerMonth');
  if (wrong.length > 0 || !purchase || below === undefined || max === undefined) return { wrong };
  const { planId } = form;
  const wish = planId === ownAmount ? { amountMinor: purchase.amountMinor } : { planId };
  return { terms: { belowNanoUsd: below * nanoUsdPerPlanToken, wish, maxPerMonth: Number(max) } };
}
