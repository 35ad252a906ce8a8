import { tokensPerPriceUnit } from './money.ts';
import { type RatePercents, ratePercent, rates } from './rate.ts';
import { listBasisPoints, listTerms, type Terms } from './terms.ts';
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
 * A kind that was not reported is not charged; the request fee is charged whenever anything was used. Rates multiply tokens, not fees; a
 * group's multiplier multiplies all of it.
 */
export function charge(usage: Usage, price: Price, terms: Terms = listTerms): bigint {
  if (usage.rates !== undefined || terms.multiplierBasisPoints !== listBasisPoints) {
    return (exactCharge(usage, price, terms) + exactUnitsPerNanoUsd - 1n) / exactUnitsPerNanoUsd;
  }
  const tokens = tokensTimesPrices(usage, price, terms.forgivenTokens);
  return (tokens + tokensPerPriceUnit - 1n) / tokensPerPriceUnit + feesOf(usage, price);
}

const percent = 100n;
/** Prices are per million tokens, each rate divides by a hundred, and the multiplier by ten thousand. */
export const exactUnitsPerNanoUsd = tokensPerPriceUnit * percent ** BigInt(rates.length) * BigInt(listBasisPoints);

/** The same before any rounding, for what is summed first: in units of which `exactUnitsPerNanoUsd` make a nano-USD. */
export function exactCharge(usage: Usage, price: Price, terms: Terms = listTerms): bigint {
  let tokens = tokensTimesPrices(usage, price, terms.forgivenTokens);
  for (const rate of rates) {
    tokens *= usage.rates?.includes(rate) ? BigInt(ratePercent(price.ratePercents, rate)) : percent;
  }
  const fees = (feesOf(usage, price) * exactUnitsPerNanoUsd) / BigInt(listBasisPoints);
  return (tokens + fees) * BigInt(terms.multiplierBasisPoints);
}

function tokensTimesPrices(used: Usage, price: Price, forgivenTokens: number): bigint {
  const prices = price.tiers.length === 0 ? price : pricesFor(price, promptTokens(used));
  const usage = forgivenTokens > 0 ? forgive(used, forgivenTokens, prices) : used;
  return (
    BigInt(usage.input ?? 0) * prices.input +
    BigInt(usage.cacheRead ?? 0) * (prices.cacheRead ?? prices.input) +
    BigInt(usage.cacheWrite5m ?? 0) * (prices.cacheWrite5m ?? prices.input) +
    BigInt(usage.cacheWrite1h ?? 0) * (prices.cacheWrite1h ?? prices.cacheWrite5m ?? prices.input) +
    BigInt(usage.output ?? 0) * prices.output
  );
}

/**
 * Usage as it is charged when some of its prompt counts as read from the cache: taken out of what was written to the cache first, then out
 * of the uncached input, and only where reading costs less. The prompt's size stays the same, and with it the price tier.
 */
export function forgive(usage: Usage, forgivenTokens: number, prices: TokenPrices): Usage {
  const readPrice = prices.cacheRead ?? prices.input;
  const writePrice5m = prices.cacheWrite5m ?? prices.input;
  const writePrice1h = prices.cacheWrite1h ?? writePrice5m;
  const from1h = readPrice < writePrice1h ? Math.min(forgivenTokens, usage.cacheWrite1h ?? 0) : 0;
  const from5m = readPrice < writePrice5m ? Math.min(forgivenTokens - from1h, usage.cacheWrite5m ?? 0) : 0;
  const fromInput = readPrice < prices.input ? Math.min(forgivenTokens - from1h - from5m, usage.input ?? 0) : 0;
  return {
    ...usage,
    input: (usage.input ?? 0) - fromInput,
    cacheRead: (usage.cacheRead ?? 0) + from1h + from5m + fromInput,
    cacheWrite5m: (usage.cacheWrite5m ?? 0) - from5m,
    cacheWrite1h: (usage.cacheWrite1h ?? 0) - from1h,
  };
}

function feesOf({ webSearches }: Usage, { requestFee, webSearch }: Price): bigint {
  return webSearches === undefined || webSearch === undefined
    ? requestFee
    : requestFee + BigInt(webSearches) * webSearch;
}
