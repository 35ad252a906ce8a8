import type { Price, PriceTier, TokenPrices } from '@ai-bridge/domain';

/** Every kind of token that has a price of its own, in the order they are shown. */
export const tokenKinds = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;
export type TokenKind = (typeof tokenKinds)[number];

/** What a kind costs by a price row; where it names none, what is charged instead. */
export function priceOfKind(prices: TokenPrices, kind: TokenKind): bigint {
  if (kind === 'cacheWrite1h') return prices.cacheWrite1h ?? prices.cacheWrite5m ?? prices.input;
  return prices[kind] ?? prices.input;
}

/** The prices of a tier as they are charged: what it does not name is the base price's. */
export function pricesOfTier(price: Price, { aboveTokens: _, ...named }: PriceTier): TokenPrices {
  return { ...price, ...named };
}
