import { expect, test } from 'vitest';
import { limitForm, limitsOf } from './limit-form.ts';

const empty = limitForm({});

test('what a form shows of limits comes back as the same limits, and an empty field is none', () => {
  const limits = { rpm: 60, concurrency: 5 };
  expect(limitsOf(limitForm(limits))).toEqual(limits);
  expect(limitsOf(empty)).toEqual({});
});

test('numbers are read as people group them, and what no limit can be is not read', () => {
  expect(limitsOf({ ...empty, itpm: ' 2,000,000 ' })).toEqual({ itpm: 2_000_000 });
  for (const rpm of ['0', '-5', '1.5', 'many', '9999999999999']) expect(limitsOf({ ...empty, rpm })).toBeUndefined();
});
