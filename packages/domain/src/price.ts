import { tokensPerPriceUnit } from './money.ts';
import { type Rate, type RatePercents, ratePercent } from './rate.ts';
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
  const prices = price.tiers.length === 0 ? price : pricesFor(price, promptTokens(usage));
  const total =
    BigInt(usage.input ?? 0) * prices.input +
    BigInt(usage.cacheRead ?? 0) * (prices.cacheRead ?? prices.input) +
    BigInt(usage.cacheWrite5m ?? 0) * (prices.cacheWrite5m ?? prices.input) +
    BigInt(usage.cacheWrite1h ?? 0) * (prices.cacheWrite1h ?? prices.cacheWrite5m ?? prices.input) +
    BigInt(usage.output ?? 0) * prices.output;
  const fees = feesOf(usage, price);
  if (usage.rates === undefined) return (total + tokensPerPriceUnit - 1n) / tokensPerPriceUnit + fees;
  return atRates(total, usage.rates, price.ratePercents) + fees;
}

function feesOf({ webSearches }: Usage, { requestFee, webSearch }: Price): bigint {
  return webSearches === undefined || webSearch === undefined
    ? requestFee
    : requestFee + BigInt(webSearches) * webSearch;
}

/** @param total tokens times prices, in nano-USD per million tokens */
function atRates(total: bigint, rates: readonly Rate[], percents: RatePercents | undefined): bigint {
  let dividend = total;
  let divisor = tokensPerPriceUnit;
  for (const rate of rates) {
    dividend *= BigInt(ratePercent(percents, rate));
    divisor *= 100n;
  }
  return (dividend + divisor - 1n) / divisor;
}
