import { expect, test } from 'vitest';
import { refundExample } from './refund-example.ts';

test('the example is worked out as a refund is: the unused share of the price, bonus included', () => {
  const plan = { id: 'p', displayName: null, tokens: 10_000_000n, bonusTokens: 2_500_000n, amountMinor: 990n };
  const { refundable } = refundExample({ ...plan, currency: 'usd' });
  expect(refundable.maxAmountMinor).toBe(594n);
  expect(refundable.lines.map(({ kind, creditNanoUsd }) => [kind, creditNanoUsd])).toEqual([
    ['bought', 12_500_000_000n],
    ['used', 5_000_000_000n],
    ['left', 7_500_000_000n],
  ]);
});
