import { expect, test } from 'vitest';
import { presentedKey } from './presented-key.ts';

test('any of the three headers carries the key', () => {
  expect(presentedKey({ authorization: 'Bearer ab-1' })).toBe('ab-1');
  expect(presentedKey({ authorization: 'bearer  ab-1' })).toBe('ab-1');
  expect(presentedKey({ 'x-api-key': 'ab-1' })).toBe('ab-1');
  expect(presentedKey({ 'x-goog-api-key': 'ab-1', authorization: 'Bearer ab-1' })).toBe('ab-1');
});

test('the query carries the key where it may', () => {
  expect(presentedKey({}, ['ab-1'])).toBe('ab-1');
  expect(presentedKey({ 'x-goog-api-key': 'ab-1' }, ['ab-1', ''])).toBe('ab-1');
  for (const keys of [['ab-1', 'ab-2'], ['']]) {
    expect(() => presentedKey({}, keys)).toThrow(expect.objectContaining({ code: 'invalid_api_key' }));
  }
});

test.each([
  {},
  { authorization: '' },
  { authorization: 'Bearer' },
  { authorization: 'Basic abc' },
  { authorization: 'Bearer ab-1', 'x-api-key': 'ab-2' },
])('%j is refused', (headers) => {
  expect(() => presentedKey(headers)).toThrow(expect.objectContaining({ code: 'invalid_api_key' }));
});
