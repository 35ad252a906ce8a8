import { expect, test } from 'vitest';
import { median, percentile } from './statistics.ts';

test('the median is the middle value, whatever the order, and skips what is no number', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, Number.NaN, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test('a percentile is a value that was seen', () => {
  expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
  expect(percentile([5, 1, 4, 2, 3], 0.99)).toBe(5);
  expect(percentile([], 0.5)).toBeNaN();
});
