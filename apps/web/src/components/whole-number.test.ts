import { expect, test } from 'vitest';
import { readWholeNumber } from './whole-number.ts';

test('whole numbers are read however they are grouped, and nothing else is', () => {
  expect(readWholeNumber(' 1 000,000_000 ')).toBe(1_000_000_000n);
  expect(readWholeNumber('-5')).toBe(-5n);
  for (const text of ['', '-', '1.5', '1e3', '1,,0', ',1', '1'.repeat(14)]) {
    expect(readWholeNumber(text), text).toBeUndefined();
  }
});
