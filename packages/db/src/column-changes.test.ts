import { expect, test } from 'vitest';
import { columnChanges } from './column-changes.ts';

test('what differs is told as it was and as it is to be; amounts and dates as text', () => {
  const stored = { name: 'a', limit: 5n, at: null, untouched: 1 };
  const wanted = { name: 'b', limit: 6n, at: new Date(0), untouched: 1 };
  expect(columnChanges(stored, wanted)).toEqual({
    name: { from: 'a', to: 'b' },
    limit: { from: '5', to: '6' },
    at: { from: null, to: '1970-01-01T00:00:00.000Z' },
  });
});

test('what is stored as the same does not differ: the order of keys, what is undefined, an amount of equal worth', () => {
  const stored = { limits: { rpm: 1, tpm: 2 }, amount: 7n, none: null };
  expect(columnChanges(stored, { limits: { tpm: 2, rpm: 1, itpm: undefined }, amount: 7n, none: undefined })).toEqual(
    {},
  );
});

test('of a row that is new all that it sets differs', () => {
  expect(columnChanges(undefined, { name: 'a', none: null })).toEqual({ name: { from: null, to: 'a' } });
});
