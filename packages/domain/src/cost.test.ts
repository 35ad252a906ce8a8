import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cost } from './cost.ts';
import { charge, exactCharge, exactUnitsPerNanoUsd, type Price } from './price.ts';
import { rates } from './rate.ts';

const amount = fc.bigInt({ min: 0n, max: 200_000_000_000n });
const price: fc.Arbitrary<Price> = fc.record({
  ...{ id: fc.constant('prc_1'), modelId: fc.constant('m'), version: fc.constant(1), input: amount, output: amount },
  ...{ cacheRead: fc.option(amount, { nil: undefined }), requestFee: amount, tiers: fc.constant([]) },
});
const tokens = fc.option(fc.nat(10_000_000), { nil: undefined });
const usage = fc.record({
  ...{ input: tokens, cacheRead: tokens, cacheWrite5m: tokens, output: tokens },
  rates: fc.option(fc.subarray([...rates], { minLength: 1 }), { nil: undefined }),
});

test('a cost is its share of the exact list price, rounded up once; all of it is what list price charges', () => {
  fc.assert(
    fc.property(usage, price, fc.nat(100_000), (used, at, basisPoints) => {
      const exact = exactCharge(used, at) * BigInt(basisPoints);
      const unit = exactUnitsPerNanoUsd * 10_000n;
      expect(cost(used, at, basisPoints)).toBe((exact + unit - 1n) / unit);
      expect(cost(used, at, 10_000)).toBe(charge(used, at));
      expect(cost(used, at, 0)).toBe(0n);
    }),
  );
});
