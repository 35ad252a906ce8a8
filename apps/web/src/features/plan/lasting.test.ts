import { expect, test } from 'vitest';
import { answersFor, daysFor, roughly } from './lasting.ts';

test('tokens last as long as the last month says, and nothing is said without one', () => {
  expect(daysFor(10_000_000_000n, 3_000_000_000n)).toBe(100n);
  expect(daysFor(10_000_000_000n, 0n)).toBeUndefined();
  expect(daysFor(1n, 10n ** 15n)).toBe(0n);
});

test('answers are counted whole, and a charge of nothing counts none', () => {
  expect(answersFor(10_000_000_000n, 16_500_000n)).toBe(606n);
  expect(answersFor(10_000_000_000n, 0n)).toBe(0n);
});

test('a rough number never promises more than the exact one', () => {
  expect([0n, 7n, 42n, 606n, 12_345n, 99_999n].map(roughly)).toEqual([0n, 7n, 42n, 600n, 12_000n, 99_000n]);
});
