import { BillingError } from '../billing-error.ts';

/** What an amount of the customer's own buys in one currency. */
export interface CustomAmountTerms {
  readonly currency: string;
  /** Plan tokens for the smallest unit of the currency. */
  readonly tokensPerMinor: bigint;
  readonly minMinor: bigint;
  readonly maxMinor: bigint;
}

/** List price: a cent is 10,000 plan tokens. From 5 to 1,000 USD. */
export const listPriceTerms: CustomAmountTerms = {
  currency: 'usd',
  tokensPerMinor: 10_000n,
  minMinor: 500n,
  maxMinor: 100_000n,
};

/** The tokens that an amount buys. @throws BillingError amount_invalid */
export function tokensOfAmount(amountMinor: bigint, terms: CustomAmountTerms): bigint {
  const { minMinor, maxMinor, currency } = terms;
  if (amountMinor < minMinor || amountMinor > maxMinor) {
    throw new BillingError(
      'amount_invalid',
      `expected from ${minMinor} to ${maxMinor} of the smallest unit of ${currency}`,
    );
  }
  return amountMinor * terms.tokensPerMinor;
}
