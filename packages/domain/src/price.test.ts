import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatUsd, parseUsd } from './money.ts';
import { charge, type Price, pricesFor } from './price.ts';
import type { Usage } from './usage.ts';

const price = (over: Partial<Price> = {}): Price => ({
  id: 'prc_test',
  modelId: 'm',
  version: 1,
  input: 3_000_000_000n,
  output: 15_000_000_000n,
  cacheRead: 300_000_000n,
  cacheWrite5m: 3_750_000_000n,
  cacheWrite1h: 6_000_000_000n,
  requestFee: 0n,
  tiers: [],
  ...over,
});

test('a request with a 5 minute cache write costs what the golden vector says', () => {
  expect(charge({ input: 3, cacheWrite5m: 12_304, cacheRead: 0, output: 550 }, price())).toBe(54_399_000n);
});

test('a prompt above the tier pays the tier for the whole request, cached tokens counted', () => {
  const tiered = price({ tiers: [{ aboveTokens: 200_000, input: 6_000_000_000n, output: 22_500_000_000n }] });
  expect(charge({ input: 150_000, cacheRead: 50_000, output: 0 }, tiered)).toBe(150_000n * 3_000n + 50_000n * 300n);
  expect(charge({ input: 150_001, cacheRead: 50_000, output: 10 }, tiered)).toBe(
    150_001n * 6_000n + 50_000n * 300n + 10n * 22_500n,
  );
});

test('the highest tier exceeded applies, and kinds it does not name keep the base price', () => {
  const tiered = price({
    tiers: [
      { aboveTokens: 10, input: 5n },
      { aboveTokens: 20, input: 7n },
    ],
  });
  expect(pricesFor(tiered, 21)).toMatchObject({ input: 7n, output: 15_000_000_000n });
  expect(pricesFor(tiered, 20)).toMatchObject({ input: 5n });
});

test('kinds without a price of their own cost what input costs', () => {
  const bare = price({ cacheRead: undefined, cacheWrite5m: undefined, cacheWrite1h: undefined });
  expect(charge({ cacheRead: 1, cacheWrite5m: 1, cacheWrite1h: 1 }, bare)).toBe(9_000n);
});

test('what was not reported is not charged', () => {
  expect(charge({}, price())).toBe(0n);
});

test('a charge is the exact quotient rounded up once, for any usage and price', () => {
  const tokens = fc.integer({ min: 0, max: 100_000_000 });
  const amount = fc.bigInt({ min: 0n, max: 200_000_000_000n });
  fc.assert(
    fc.property(
      fc.record({ input: tokens, cacheRead: tokens, cacheWrite5m: tokens, cacheWrite1h: tokens, output: tokens }),
      fc.record({ input: amount, cacheRead: amount, cacheWrite5m: amount, cacheWrite1h: amount, output: amount }),
      (usage: Usage, amounts) => {
        const result = charge(usage, price(amounts));
        let exact = 0n;
        for (const kind of Object.keys(amounts) as (keyof typeof amounts)[]) {
          exact += BigInt(usage[kind] ?? 0) * amounts[kind];
        }
        expect(result * 1_000_000n >= exact).toBe(true);
        expect((result - 1n) * 1_000_000n < exact || result === 0n).toBe(true);
      },
    ),
  );
});

test('USD amounts are read exactly and written back the same', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999_999n }), (amount) => {
      expect(parseUsd(formatUsd(amount))).toBe(amount);
    }),
  );
  expect(parseUsd(0.1, 6)).toBe(100_000_000n);
  expect(parseUsd('0.0000001', 6)).toBeUndefined();
  expect(parseUsd(0.0000001, 6)).toBeUndefined();
  for (const bad of ['-1', '1e3', 'abc', '', Number.NaN, Number.POSITIVE_INFINITY, -1])
    expect(parseUsd(bad)).toBeUndefined();
});
