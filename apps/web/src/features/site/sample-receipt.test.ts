import { type Price, tokensPerPriceUnit } from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleReceipt } from './sample-receipt.ts';

const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
const optional = fc.option(amount, { nil: undefined });
const price: fc.Arbitrary<Price> = fc.record({
  ...{ id: fc.constant('prc'), modelId: fc.constant('m'), version: fc.constant(1), requestFee: amount },
  ...{ input: amount, output: amount, cacheRead: optional, cacheWrite5m: optional },
  tiers: fc.constantFrom([], [{ aboveTokens: 20_000, input: 7n, output: 9n }], [{ aboveTokens: 90_000, input: 7n }]),
});

test('the lines of the receipt add up to what is charged, whatever the price', () => {
  fc.assert(
    fc.property(price, (of) => {
      const { lines, feeNanoUsd, chargeNanoUsd } = sampleReceipt(of);
      const sum = lines.reduce((total, line) => total + line.product, 0n);
      expect((sum + tokensPerPriceUnit - 1n) / tokensPerPriceUnit + feeNanoUsd).toBe(chargeNanoUsd);
    }),
  );
});
