import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchCharge } from './batch-charge.ts';
import { charge, type Price } from './price.ts';

const price = (over: Partial<Price> = {}): Price => ({
  id: 'prc_test',
  modelId: 'm',
  version: 1,
  input: 150_000_000n,
  output: 600_000_000n,
  requestFee: 0n,
  tiers: [],
  ...over,
});

test('a batch costs half of what its requests cost one by one', () => {
  const usages = [
    { input: 1_000_000, output: 2_000_000 },
    { input: 10, cacheRead: 4, output: 0 },
  ];
  expect(batchCharge(usages, price())).toBe((150_000_000n + 1_200_000_000n + 14n * 150n) / 2n);
  expect(batchCharge([], price({ requestFee: 7n }))).toBe(0n);
});

test('fees are not halved, a price may name another percent, and no other tier of service counts', () => {
  expect(batchCharge([{ input: 0 }, { input: 0 }, { input: 0 }], price({ requestFee: 7n }))).toBe(21n);
  expect(batchCharge([{ input: 1_000_000 }], price({ ratePercents: { batch: 40 } }))).toBe(60_000_000n);
  expect(batchCharge([{ input: 1_000_000, rates: ['priority'] }], price())).toBe(75_000_000n);
  expect(batchCharge([{ input: 1_000_000, rates: ['batch', 'us'] }], price())).toBe(82_500_000n);
});

test('each request pays the tier of its own prompt, not of the sum', () => {
  const tiered = price({ tiers: [{ aboveTokens: 100, input: 300_000_000n }] });
  expect(batchCharge([{ input: 100 }, { input: 100 }], tiered)).toBe(100n * 150n);
  expect(batchCharge([{ input: 101 }, { input: 100 }], tiered)).toBe((101n * 300n + 100n * 150n) / 2n);
});

test('it is rounded up once: less than half a nano-USD above the exact half, and never below it, for any usages and price', () => {
  const tokens = fc.integer({ min: 0, max: 1_000_000 });
  const amount = fc.bigInt({ min: 0n, max: 50_000_000_000n });
  const usage = fc.record({ input: tokens, cacheRead: tokens, output: tokens });
  const prices = fc.record({ input: amount, output: amount, cacheRead: fc.option(amount, { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(usage, { maxLength: 20 }), prices, (usages, amounts) => {
      const result = batchCharge(usages, price(amounts));
      let exact = 0n;
      for (const { input, cacheRead, output } of usages) {
        exact += BigInt(input) * amounts.input + BigInt(output) * amounts.output;
        exact += BigInt(cacheRead) * (amounts.cacheRead ?? amounts.input);
      }
      expect(result * 2_000_000n >= exact && (result - 1n) * 2_000_000n < exact).toBe(true);
      const singly = usages.reduce((sum, one) => sum + charge(one, price(amounts)), 0n);
      expect(result <= (singly + 1n) / 2n).toBe(true);
    }),
  );
});
