import {
  charge,
  exactUnitsPerNanoUsd,
  maxTokensOfAKind,
  type Price,
  type PriceTier,
  rates,
  type Terms,
  type Usage,
} from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiptSum } from './receipt-lines.ts';

const price = (change: Partial<Price> = {}): Price => ({
  id: 'prc_1',
  modelId: 'claude-test',
  version: 3,
  input: 3_000_000_000n,
  output: 15_000_000_000n,
  cacheRead: 300_000_000n,
  cacheWrite5m: 3_750_000_000n,
  cacheWrite1h: 6_000_000_000n,
  requestFee: 0n,
  tiers: [],
  ...change,
});

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const tokens = optional(fc.integer({ min: 0, max: maxTokensOfAKind }));
const amount = fc.bigInt({ min: 0n, max: 200_000_000_000n });
const usages: fc.Arbitrary<Usage> = fc.record({
  input: tokens,
  cacheRead: tokens,
  cacheWrite5m: tokens,
  cacheWrite1h: tokens,
  output: tokens,
  reasoning: tokens,
  webSearches: optional(fc.integer({ min: 0, max: 10_000 })),
  rates: optional(fc.subarray([...rates])),
});
const cachePrices = {
  cacheRead: optional(amount),
  cacheWrite5m: optional(amount),
  cacheWrite1h: optional(amount),
};
const tiers: fc.Arbitrary<PriceTier[]> = fc.uniqueArray(
  fc.record(
    {
      ...{ aboveTokens: fc.integer({ min: 1, max: 400_000_000 }), input: amount, output: amount },
      ...{ cacheRead: amount, cacheWrite5m: amount, cacheWrite1h: amount },
    },
    { requiredKeys: ['aboveTokens'] },
  ),
  { maxLength: 3, selector: ({ aboveTokens }) => aboveTokens },
);
const prices: fc.Arbitrary<Price> = fc
  .record({
    ...{ input: amount, output: amount, requestFee: amount, webSearch: optional(amount), tiers, ...cachePrices },
    ratePercents: optional(fc.record({ flex: fc.integer({ min: 1, max: 999 }), us: fc.integer({ min: 1, max: 999 }) })),
  })
  .map((figures) =>
    price({ ...figures, tiers: [...figures.tiers].sort((one, other) => one.aboveTokens - other.aboveTokens) }),
  );

const total = (steps: readonly { readonly amount: bigint }[]) => steps.reduce((sum, { amount }) => sum + amount, 0n);

const terms: fc.Arbitrary<Terms> = fc.record({
  multiplierBasisPoints: fc.oneof(fc.constant(10_000), fc.nat(1_000_000)),
  forgivenTokens: fc.oneof(fc.constant(0), fc.nat(200_000_000)),
});

test('lines, rates, fees and the multiplier come to what the rule charges, for any usage, price and terms', () => {
  fc.assert(
    fc.property(usages, prices, terms, (usage, price, agreed) => {
      const sum = receiptSum(usage, price, agreed);
      expect(sum.roundedNanoUsd).toBe(charge(usage, price, agreed));
      const tokens = sum.rates.at(-1)?.amount ?? total(sum.lines);
      const atList = tokens + total(sum.fees);
      expect(sum.exactAmount * 10_000n).toBe(atList * BigInt(agreed.multiplierBasisPoints));
      expect(sum.forgivenTokens).toBeLessThanOrEqual(agreed.forgivenTokens);
    }),
    { numRuns: 500 },
  );
});

test('each step follows from the one before it, and rounding adds less than one nano-USD', () => {
  fc.assert(
    fc.property(usages, prices, (usage, price) => {
      const sum = receiptSum(usage, price);
      for (const line of sum.lines) {
        expect(line.quantity).toBe(usage[line.kind]);
        expect(line.amount * 1_000_000n).toBe(BigInt(line.quantity ?? 0) * line.priceNanoUsd * exactUnitsPerNanoUsd);
      }
      let tokens = total(sum.lines);
      for (const { percent, amount } of sum.rates) {
        expect(amount * 100n).toBe(tokens * BigInt(percent));
        tokens = amount;
      }
      for (const { quantity, priceNanoUsd, amount } of sum.fees)
        expect(amount).toBe(BigInt(quantity) * priceNanoUsd * exactUnitsPerNanoUsd);
      const added = sum.roundedNanoUsd * exactUnitsPerNanoUsd - sum.exactAmount;
      expect(added >= 0n && added < exactUnitsPerNanoUsd).toBe(true);
    }),
  );
});

test('searches and the request fee stand apart from the rate, and a search without a price is shown to cost nothing', () => {
  const usage: Usage = { input: 1_000_000, webSearches: 2, rates: ['flex'] };
  const sum = receiptSum(usage, price({ requestFee: 7n, webSearch: 10_000_000n }));
  expect(sum.rates).toMatchObject([{ rate: 'flex', percent: 50, amount: 1_500_000_000n * exactUnitsPerNanoUsd }]);
  expect(sum.fees.map(({ kind, amount }) => [kind, amount / exactUnitsPerNanoUsd])).toEqual([
    ['webSearches', 20_000_000n],
    ['request', 7n],
  ]);
  expect(receiptSum(usage, price()).fees).toMatchObject([{ kind: 'webSearches', amount: 0n }]);
});

test('every kind that was reported has a line, one that was not has none, except input and output', () => {
  const kinds = (usage: Usage) => receiptSum(usage, price()).lines.map(({ kind }) => kind);
  expect(kinds({ input: 1, cacheRead: 0, cacheWrite5m: 2, cacheWrite1h: 3, output: 4, reasoning: 4 })).toEqual([
    'input',
    'cacheRead',
    'cacheWrite5m',
    'cacheWrite1h',
    'output',
  ]);
  expect(kinds({ cacheRead: 5 })).toEqual(['input', 'cacheRead', 'output']);
  expect(receiptSum({}, price()).lines.map(({ quantity }) => quantity)).toEqual([undefined, undefined]);
});

test('the tier is the highest that the whole prompt exceeds, cached tokens counted, and its prices are the lines’', () => {
  const tiered = price({
    tiers: [
      { aboveTokens: 100, input: 4_000_000_000n },
      { aboveTokens: 200, input: 6_000_000_000n, output: 22_500_000_000n },
    ],
  });
  const sum = receiptSum({ input: 150, cacheRead: 51, output: 10 }, tiered);
  expect(sum).toMatchObject({ promptTokens: 201, tier: { aboveTokens: 200 } });
  expect(sum.lines.map(({ priceNanoUsd }) => priceNanoUsd)).toEqual([6_000_000_000n, 300_000_000n, 22_500_000_000n]);
  expect(receiptSum({ input: 100 }, tiered).tier).toBeUndefined();
});

test('a cache kind without a price of its own stands at the one it is charged at', () => {
  const bare = price({ cacheRead: undefined, cacheWrite1h: undefined });
  const { lines } = receiptSum({ cacheRead: 1, cacheWrite1h: 1 }, bare);
  expect(lines.find(({ kind }) => kind === 'cacheRead')?.priceNanoUsd).toBe(3_000_000_000n);
  expect(lines.find(({ kind }) => kind === 'cacheWrite1h')?.priceNanoUsd).toBe(3_750_000_000n);
});
