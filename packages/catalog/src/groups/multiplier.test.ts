import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMultiplier, parseMultiplier } from './multiplier.ts';

test('a multiplier is read exactly, to four decimals', () => {
  expect(['1', '0.8', '0.0001', '1.2300', '0', '100'].map(parseMultiplier)).toEqual([
    10_000, 8_000, 1, 12_300, 0, 1_000_000,
  ]);
  for (const text of ['', '-1', '0.00001', '100.0001', '1e2', '1,5', '.5', '1.', '1000'])
    expect(parseMultiplier(text)).toBeUndefined();
});

test('what is written reads back as it was', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      (points) => parseMultiplier(formatMultiplier(points)) === points,
    ),
  );
});
