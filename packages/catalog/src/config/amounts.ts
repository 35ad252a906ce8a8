import { parseUsd } from '@ai-bridge/domain';
import { z } from 'zod';
import { maxRatePercent, orderTiers, type PriceFigures } from '../prices/figures.ts';

/** Prices per million tokens are exact to this many digits; fees per request to all that nano-USD have. */
const pricePerMillionDecimals = 6;
const feeDecimals = 9;

/** A USD amount written as a number or a string, read exactly into nano-USD. */
function usd(decimals: number, of: string) {
  const message = `expected USD ${of}: a number of zero or more with at most ${decimals} decimals`;
  return z.union([z.number(), z.string()], { error: message }).transform((value, context) => {
    const amount = parseUsd(value, decimals);
    if (amount !== undefined) return amount;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

const perMillion = usd(pricePerMillionDecimals, 'per million tokens');
const cacheKinds = {
  cacheRead: perMillion.optional(),
  cacheWrite5m: perMillion.optional(),
  cacheWrite1h: perMillion.optional(),
};

const tierSchema = z.strictObject({
  /** The tier counts where the whole prompt exceeds this many tokens. */
  tokens: z.int().min(1),
  input: perMillion.optional(),
  output: perMillion.optional(),
  ...cacheKinds,
});

const percentMessage = `expected a whole percent of the price from 1 to ${maxRatePercent}`;
const percent = z.int({ error: percentMessage }).min(1, percentMessage).max(maxRatePercent, percentMessage).optional();

/** A model's price as a config file writes it. */
export const priceSchema = z
  .strictObject({
    input: perMillion,
    output: perMillion,
    ...cacheKinds,
    /** USD per request, on top of its tokens. */
    perRequest: usd(feeDecimals, 'per request').optional(),
    /** USD per search that the upstream made, on top of its tokens. */
    webSearch: usd(feeDecimals, 'per search').optional(),
    /** What tokens cost at a rate that is not the upstream's standard, in percent of the price. */
    rates: z.strictObject({ batch: percent, flex: percent, priority: percent, fast: percent, us: percent }).optional(),
    above: z
      .array(tierSchema)
      .refine((tiers) => new Set(tiers.map(({ tokens }) => tokens)).size === tiers.length, {
        error: 'expected each number of tokens once',
      })
      .readonly()
      .optional(),
  })
  .transform(({ perRequest, webSearch, rates, above, ...amounts }): PriceFigures => {
    const tiers = (above ?? []).map(({ tokens, ...named }) => ({ aboveTokens: tokens, ...named }));
    const fees = { requestFee: perRequest ?? 0n, webSearch, ratePercents: rates };
    return { ...amounts, ...fees, tiers: orderTiers(tiers) };
  });

const amountText = z.union([z.number(), z.string()], { error: 'expected an amount such as "9.90"' });
const currencies = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** A plan's price, as the smallest unit of its currency: "9.90" usd -> 990. */
export const planPriceSchema = z
  .strictObject({
    amount: amountText,
    currency: z
      .string()
      .toLowerCase()
      .refine((code) => currencies.has(code), {
        error: 'expected a currency code, such as usd',
      }),
  })
  .transform(({ amount, currency }, context) => {
    const decimals = minorDigits(currency);
    const exact = parseUsd(amount, decimals);
    if (exact) return { amountMinor: exact / 10n ** BigInt(9 - decimals), currency };
    const message = `expected an amount above zero with at most ${decimals} decimals`;
    context.addIssue({ code: 'custom', path: ['amount'], message });
    return z.NEVER;
  });

function minorDigits(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
