import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countTokens, splitIntoTokens } from './tokens.ts';

test('the pieces of any text are the text again', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => splitIntoTokens(text).join('') === text));
});

test('any text but the empty one counts at least one token', () => {
  fc.assert(fc.property(fc.string({ minLength: 1, unit: 'binary' }), (text) => countTokens(text) >= 1));
  expect(countTokens('')).toBe(0);
});
