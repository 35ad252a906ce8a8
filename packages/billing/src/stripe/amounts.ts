/**
 * Stripe counts most currencies in their smallest unit, as we do. Two that have none any more it still counts in hundredths.
 * (https://docs.stripe.com/currencies: ISK and UGX)
 */
const hundredths: ReadonlySet<string> = new Set(['isk', 'ugx']);
const factor = 100n;

/** Our amount as Stripe wants it. Amounts are far below what a number holds exactly. */
export function toStripeAmount(amountMinor: bigint, currency: string): number {
  return Number(hundredths.has(currency) ? amountMinor * factor : amountMinor);
}

/** Stripe's amount as we count; a fraction of our unit is rounded down, so that it never passes for the whole. */
export function fromStripeAmount(amount: number, currency: string): bigint {
  return hundredths.has(currency) ? BigInt(amount) / factor : BigInt(amount);
}
