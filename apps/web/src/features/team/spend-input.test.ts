import { expect, test } from 'vitest';
import { readSpend, spendText } from './spend-input.ts';

test('a limit is read to the nano-USD, nothing typed is no limit, and what is no amount above zero is refused', () => {
  expect(readSpend(' 2.50 ')).toBe(2_500_000_000n);
  expect(readSpend('0.000000001')).toBe(1n);
  expect(readSpend('')).toBe('');
  for (const wrong of ['0', '-1', '1e3', '1,5', 'ten', '0.0000000001']) expect(readSpend(wrong)).toBeUndefined();
});

test('what stands in a field is read back as the same amount', () => {
  for (const amount of [1n, 5_000_000_000n, 2_500_000_000n]) expect(readSpend(spendText(amount))).toBe(amount);
  expect(spendText(undefined)).toBe('');
});
