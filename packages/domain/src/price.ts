import { tokensPerPriceUnit } from './money.ts';
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
 * A kind that was not reported is not charged; the request fee is charged whenever anything was used. Terms multiply all of it.
 */
export function charge(usage: Usage, price: Price, terms: Terms = listTerms): bigint {
  const prices = price.tiers.length === 0 ? price : pricesFor(price, promptTokens(usage));
  const charged = terms.forgivenTokens > 0 ? forgive(usage, terms.forgivenTokens, prices) : usage;
  const total =
    BigInt(charged.input ?? 0) * prices.input +
    BigInt(charged.cacheRead ?? 0) * (prices.cacheRead ?? prices.input) +
    BigInt(charged.cacheWrite5m ?? 0) * (prices.cacheWrite5m ?? prices.input) +
    BigInt(charged.cacheWrite1h ?? 0) * (prices.cacheWrite1h ?? prices.cacheWrite5m ?? prices.input) +
    BigInt(charged.output ?? 0) * prices.output;
  if (terms.multiplierBasisPoints === listBasisPoints) {
    return (total + tokensPerPriceUnit - 1n) / tokensPerPriceUnit + price.requestFee;
  }
  const dividend = (total + price.requestFee * tokensPerPriceUnit) * BigInt(terms.multiplierBasisPoints);
  const divisor = tokensPerPriceUnit * BigInt(listBasisPoints);
  return (dividend + divisor - 1n) / divisor;
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
