import { tokensPerPriceUnit } from './money.ts';
import { type RatePercents, ratePercent, rates } from './rate.ts';
import { promptTokens, type Usage } from './usage.ts';

/** What one token kind costs, in nano-USD per million tokens. Undefined cache prices fall back to the input price. */
export interface TokenPrices {
  readonly input: bigint;
  readonly output: bigint;
  readonly cacheRead?: bigint | undefined;
  readonly cacheWrite5m?: bigint | undefined;
  readonly cacheWrite1h?: bigint | undefined;
}

/** Where the whole prompt exceeds `aboveTokens`, the kinds named here replace the base price for the whole request. */
export interface PriceTier extends Partial<TokenPrices> {
  readonly aboveTokens: number;
}

/** One immutable price row. */
export interface Price extends TokenPrices {
  readonly id: string;
  readonly modelId: string;
  readonly version: number;
  /** nano-USD per request, on top of its tokens */
  readonly requestFee: bigint;
  /** nano-USD per search, on top of its tokens; undefined: none is charged */
  readonly webSearch?: bigint | undefined;
  /** What this model's tokens cost at rates that are not the standard, where that is not the default. */
  readonly ratePercents?: RatePercents | undefined;
  /** Ascending by `aboveTokens`; the last one exceeded applies. */
  readonly tiers: readonly PriceTier[];
}

/** The prices that hold for a prompt of this size. */
export function pricesFor(price: Price, prompt: number): TokenPrices {
  let tier: PriceTier | undefined;
  for (const candidate of price.tiers) if (prompt > candidate.aboveTokens) tier = candidate;
  if (!tier) return price;
  const { aboveTokens: _, ...named } = tier;
  const defined = Object.fromEntries(Object.entries(named).filter(([, amount]) => amount !== undefined));
  return { ...price, ...defined };
}

/**
 * What a customer pays for a request, in nano-USD. Exact: multiplied first, divided once, rounded up.
 * A kind that was not reported is not charged; the request fee is charged whenever anything was used. Rates multiply tokens, not fees.
 */
export function charge(usage: Usage, price: Price): bigint {
  if (usage.rates !== undefined) {
    return (exactCharge(usage, price) + exactUnitsPerNanoUsd - 1n) / exactUnitsPerNanoUsd;
  }
  return (tokensTimesPrices(usage, price) + tokensPerPriceUnit - 1n) / tokensPerPriceUnit + feesOf(usage, price);
}

const percent = 100n;
/** Prices are per million tokens, and each rate divides by a hundred. */
export const exactUnitsPerNanoUsd = tokensPerPriceUnit * percent ** BigInt(rates.length);

/** The same before any rounding, for what is summed first: in units of which `exactUnitsPerNanoUsd` make a nano-USD. */
export function exactCharge(usage: Usage, price: Price): bigint {
  let tokens = tokensTimesPrices(usage, price);
  for (const rate of rates) {
    tokens *= usage.rates?.includes(rate) ? BigInt(ratePercent(price.ratePercents, rate)) : percent;
  }
  return tokens + feesOf(usage, price) * exactUnitsPerNanoUsd;
}

function tokensTimesPrices(usage: Usage, price: Price): bigint {
  const prices = price.tiers.length === 0 ? price : pricesFor(price, promptTokens(usage));
  return (
    BigInt(usage.input ?? 0) * prices.input +
    BigInt(usage.cacheRead ?? 0) * (prices.cacheRead ?? prices.input) +
    BigInt(usage.cacheWrite5m ?? 0) * (prices.cacheWrite5m ?? prices.input) +
    BigInt(usage.cacheWrite1h ?? 0) * (prices.cacheWrite1h ?? prices.cacheWrite5m ?? prices.input) +
    BigInt(usage.output ?? 0) * prices.output
  );
}

function feesOf({ webSearches }: Usage, { requestFee, webSearch }: Price): bigint {
  return webSearches === undefined || webSearch === undefined
    ? requestFee
    : requestFee + BigInt(webSearches) * webSearch;
}
