import { expect, test } from 'vitest';
import { feeText } from './fee-text.ts';

test('a fee is shown to the basis point', () => {
  expect([0, 1, 250, 10_000].map((fee) => feeText(fee, 'en'))).toEqual(['0%', '0.01%', '2.5%', '100%']);
});
