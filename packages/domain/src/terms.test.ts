import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charge, forgive, type Price } from './price.ts';
import { areOrdinary, listTerms, type Terms } from './terms.ts';
import { promptTokens, type Usage } from './usage.ts';

const tokens = fc.nat(10_000_000);
const amount = fc.bigInt({ min: 0n, max: 100_000_000_000n });
const usages: fc.Arbitrary<Usage> = fc.record(
  { input: tokens, cacheRead: tokens, cacheWrite5m: tokens, cacheWrite1h: tokens, output: tokens },
  { requiredKeys: [] },
);
const prices: fc.Arbitrary<Price> = fc
  .record(
    {
      input: amount,
      output: amount,
      cacheRead: amount,
      cacheWrite5m: amount,
      cacheWrite1h: amount,
      requestFee: amount,
      tiers: fc.constantFrom([], [{ aboveTokens: 200_000, input: 7n, cacheRead: 1n }]),
    },
    { requiredKeys: ['input', 'output', 'requestFee', 'tiers'] },
  )
  .map((figures) => ({ id: 'prc', modelId: 'm', version: 1, ...figures }));
const terms = (over: Partial<Terms>): Terms => ({ ...listTerms, ...over });

const plain: Price = {
  ...{ id: 'prc', modelId: 'm', version: 1, requestFee: 0n, tiers: [] },
  ...{ input: 3_000_000_000n, output: 15_000_000_000n, cacheRead: 300_000_000n, cacheWrite5m: 3_750_000_000n },
};

test('a multiplier multiplies everything, the request fee too, and is rounded up once', () => {
  const usage = { input: 1_000, output: 100 };
  expect(charge(usage, plain, terms({ multiplierBasisPoints: 8_000 }))).toBe((charge(usage, plain) * 8n) / 10n);
  expect(charge({ input: 1 }, { ...plain, input: 1n }, terms({ multiplierBasisPoints: 1 }))).toBe(1n);
  expect(charge({}, { ...plain, requestFee: 10n }, terms({ multiplierBasisPoints: 15_000 }))).toBe(15n);
  expect(charge(usage, plain, terms({ multiplierBasisPoints: 0 }))).toBe(0n);
});

test('under any multiplier the charge is the exact product rounded up once', () => {
  fc.assert(
    fc.property(usages, prices, fc.nat(1_000_000), (usage, price, multiplierBasisPoints) => {
      const tenThousandFold = charge(usage, { ...price, tiers: [] }, terms({ multiplierBasisPoints: 10_000 * 10_000 }));
      const charged = charge(usage, { ...price, tiers: [] }, terms({ multiplierBasisPoints }));
      // Ten thousand times list price has four more digits of the exact product than list price.
      const exact = tenThousandFold * BigInt(multiplierBasisPoints);
      const unit = 10_000n * 10_000n;
      expect(charged * unit <= exact + unit).toBe(true);
      expect((charged + 1n) * unit > exact - BigInt(multiplierBasisPoints)).toBe(true);
    }),
  );
});

test('what is forgiven costs what a read of the cache costs: writes first, then input', () => {
  const usage = { input: 1_000, cacheRead: 10, cacheWrite5m: 500, output: 1 };
  expect(forgive(usage, 700, plain)).toEqual({
    ...{ input: 800, cacheRead: 710, cacheWrite5m: 0, cacheWrite1h: 0, output: 1 },
  });
  expect(charge(usage, plain, terms({ forgivenTokens: 700 }))).toBe(
    charge({ input: 800, cacheRead: 710, output: 1 }, plain),
  );
});

test('forgiving never charges more than without it, never less than if all had been read, and moves no token away', () => {
  fc.assert(
    fc.property(usages, prices, fc.nat(30_000_000), fc.nat(30_000), (usage, price, forgivenTokens, multiplier) => {
      const at = (tokens: number) =>
        charge(usage, price, { multiplierBasisPoints: multiplier, forgivenTokens: tokens });
      expect(at(forgivenTokens) <= at(0)).toBe(true);
      expect(at(forgivenTokens) >= at(40_000_000)).toBe(true);
      const moved = forgive(usage, forgivenTokens, price);
      expect(promptTokens(moved)).toBe(promptTokens(usage));
      for (const count of Object.values(moved)) expect(count).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('terms that a receipt need not show are list price with nothing forgiven', () => {
  expect(areOrdinary(listTerms)).toBe(true);
  expect(areOrdinary(terms({ forgivenTokens: 1 }))).toBe(false);
  expect(areOrdinary(terms({ multiplierBasisPoints: 9_999 }))).toBe(false);
});
