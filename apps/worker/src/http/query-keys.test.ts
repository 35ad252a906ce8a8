import { expect, test } from 'vitest';
import { takeQueryKeys } from './query-keys.ts';

test.each([
  ['', [], ''],
  ['?alt=sse', [], '?alt=sse'],
  ['?key=ab-1', ['ab-1'], ''],
  ['?alt=sse&key=ab-1&x=%20+%zz&&y', ['ab-1'], '?alt=sse&x=%20+%zz&&y'],
  ['?%6Bey=ab%2D1&key=ab-2', ['ab-1', 'ab-2'], ''],
  ['?monkey=1&Key=2&x=key=3', [], '?monkey=1&Key=2&x=key=3'],
])('%s gives its keys and the rest unchanged', (query, keys, rest) => {
  expect(takeQueryKeys(query)).toEqual({ keys, query: rest });
});
