import { charge, type Price, pricesFor, tokensPerPriceUnit } from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { priceOfKind, pricesOfTier, tokenKinds } from './token-kinds.ts';

const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
const optional = fc.option(amount, { nil: undefined });
const kinds = { input: amount, output: amount, cacheRead: optional, cacheWrite5m: optional, cacheWrite1h: optional };

test('the price that is shown for a kind is the one that a million of it is charged at', () => {
  fc.assert(
    fc.property(fc.record(kinds), fc.constantFrom(...tokenKinds), (prices, kind) => {
      const price: Price = { id: 'prc', modelId: 'm', version: 1, requestFee: 0n, tiers: [], ...prices };
      expect(charge({ [kind]: Number(tokensPerPriceUnit) }, price)).toBe(priceOfKind(price, kind));
    }),
  );
});

test('a tier shows what is charged above it', () => {
  const tier = { aboveTokens: 200_000, input: 6n, output: 22n };
  const price: Price = {
    id: 'prc',
    modelId: 'm',
    version: 1,
    requestFee: 0n,
    input: 3n,
    output: 15n,
    cacheRead: 1n,
    tiers: [tier],
  };
  for (const kind of tokenKinds) {
    expect(priceOfKind(pricesOfTier(price, tier), kind)).toBe(priceOfKind(pricesFor(price, 200_001), kind));
  }
});
