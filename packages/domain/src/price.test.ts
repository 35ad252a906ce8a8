import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatUsd, parseUsd } from './money.ts';
import { charge, type Price, pricesFor } from './price.ts';
import { defaultRatePercents, type Rate, type RatePercents, rates } from './rate.ts';
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

const tokenCounts = fc.integer({ min: 0, max: 100_000_000 });
const amounts = fc.bigInt({ min: 0n, max: 200_000_000_000n });
const kinds = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output'] as const;
const usages = fc.record({
  ...Object.fromEntries(kinds.map((kind) => [kind, tokenCounts])),
  webSearches: fc.nat(10_000),
  rates: fc.option(fc.subarray([...rates], { minLength: 1 }), { nil: undefined }),
}) as fc.Arbitrary<Usage>;
const percentsOf = (least: number) =>
  fc.record(Object.fromEntries(rates.map((rate) => [rate, fc.integer({ min: least, max: 1_000 })])), {
    requiredKeys: [],
  }) as fc.Arbitrary<RatePercents>;
const feePrices = (ratePercents: fc.Arbitrary<RatePercents>) =>
  fc
    .record({
      input: amounts,
      cacheRead: amounts,
      output: amounts,
      requestFee: amounts,
      webSearch: amounts,
      ratePercents,
    })
    .map(price);

test('a rate multiplies the tokens before anything is rounded, and searches and the request fee are added whole', () => {
  const percents: RatePercents = { priority: 175 };
  const odd = price({ input: 1n, requestFee: 3n, webSearch: 10_000_000n, ratePercents: percents });
  // 1,000,001 tokens of a millionth nano-USD each, times 1.75 * 1.1, rounded up once.
  expect(charge({ input: 1_000_001, webSearches: 3, rates: ['priority', 'us'] }, odd)).toBe(2n + 3n + 30_000_000n);
  expect(charge({ input: 1_000_000, rates: ['fast'] }, price())).toBe(3_000_000_000n * 6n);
  expect(charge({ input: 2_000_000, rates: ['fast'] }, price({ ratePercents: { fast: 200 } }))).toBe(12_000_000_000n);
});

test.each([
  ['batch', 27_199_500n],
  ['flex', 27_199_500n],
  ['priority', 108_798_000n],
  ['fast', 326_394_000n],
  ['us', 59_838_900n],
] as const)('the golden vector at %s', (rate, expected) => {
  expect(charge({ input: 3, cacheWrite5m: 12_304, output: 550, rates: [rate] }, price())).toBe(expected);
});

test('searches cost ten dollars a thousand where the price says a cent, and nothing where it says nothing', () => {
  expect(charge({ webSearches: 1_000 }, price({ webSearch: 10_000_000n }))).toBe(10_000_000_000n);
  expect(charge({ webSearches: 1_000 }, price())).toBe(0n);
});

test('a charge at rates is the exact product rounded up once, for any usage, price and percents', () => {
  fc.assert(
    fc.property(usages, feePrices(percentsOf(1)), (usage, priced) => {
      const { webSearches: _, rates: named = [], ...tokens } = usage;
      const fees = priced.requestFee + BigInt(usage.webSearches ?? 0) * (priced.webSearch ?? 0n);
      let dividend = 0n;
      for (const kind of kinds) dividend += BigInt(tokens[kind] ?? 0) * (priced[kind] ?? priced.input);
      let divisor = 1_000_000n;
      for (const rate of named) {
        dividend *= BigInt(priced.ratePercents?.[rate] ?? defaultRatePercents[rate]);
        divisor *= 100n;
      }
      const charged = charge(usage, priced) - fees;
      expect(charged * divisor >= dividend).toBe(true);
      expect((charged - 1n) * divisor < dividend).toBe(true);
    }),
  );
});

test('more of any kind never costs less, at any rates', () => {
  const grown = fc.constantFrom(...kinds, 'webSearches' as const);
  fc.assert(
    fc.property(usages, feePrices(percentsOf(1)), grown, fc.nat(1_000_000), (usage, priced, kind, more) => {
      const larger = { ...usage, [kind]: (usage[kind] ?? 0) + more };
      expect(charge(larger, priced) >= charge(usage, priced)).toBe(true);
    }),
  );
});

test('rates of a hundred percent or more never cost less than the standard, and of exactly a hundred the same', () => {
  const every: Rate[] = [...rates];
  fc.assert(
    fc.property(usages, percentsOf(100), (usage, some) => {
      const dearer = { batch: 100, flex: 100, ...some };
      const standard = charge({ ...usage, rates: undefined }, price());
      expect(charge(usage, price({ ratePercents: dearer })) >= standard).toBe(true);
      const same = Object.fromEntries(every.map((rate) => [rate, 100]));
      expect(charge(usage, price({ ratePercents: same }))).toBe(standard);
    }),
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
