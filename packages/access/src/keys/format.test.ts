import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generateKey, isWellFormedKey, keyPattern, shownParts } from './format.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

test('every generated key is well formed, matches the published pattern and differs from the others', () => {
  const keys = Array.from({ length: 2_000 }, generateKey);
  for (const key of keys) {
    expect(isWellFormedKey(key)).toBe(true);
    expect(keyPattern.exec(`token=${key};`)?.[0]).toBe(key);
  }
  expect(new Set(keys).size).toBe(keys.length);
});

test('a key of our shape with any one character changed is refused', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 61 }), (at, shift) => {
      const key = generateKey();
      const index = 3 + (at % (key.length - 3));
      const changed = alphabet[(alphabet.indexOf(key[index]!) + shift) % 62];
      expect(isWellFormedKey(key.slice(0, index) + changed + key.slice(index + 1))).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('an imported key of another shape is let through without our checksum', () => {
  for (const key of [
    'ab-0123456789abc',
    `ab-${'0123456789abcdef'.repeat(2)}`,
    `ab-${'a1'.repeat(20)}`,
    'ab-team_one.key-42:x',
    `ab-${'x'.repeat(253)}`,
  ])
    expect(isWellFormedKey(key)).toBe(true);
});

test('garbage, other prefixes, white space, control and non-ASCII characters and odd lengths are refused', () => {
  const key = generateKey();
  for (const text of [
    '',
    'undefined',
    'null',
    'ab-',
    'ab-short',
    'ab-0123456789ab',
    `ab-${'x'.repeat(254)}`,
    key.slice(3),
    key.toUpperCase(),
    ` ${key}`,
    `${key} `,
    `Bearer ${key}`,
    `${key}\n`,
    'ab-0123456789\0abcdef',
    'ab-ключ-ключ-ключ-ключ',
    "' OR 1=1 -- aaaaaaaaaaaa",
    'sk-ant-REDACTED',
  ])
    expect([text, isWellFormedKey(text)]).toEqual([text, false]);
});

test('no text passes that is not ab- and 13 to 253 printable ASCII characters', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 300 }));
  fc.assert(
    fc.property(text, fc.boolean(), (rest, marked) => {
      const key = marked ? `ab-${rest}` : rest;
      if (!/^ab-[\x21-\x7e]{13,253}$/.test(key)) expect(isWellFormedKey(key)).toBe(false);
    }),
    { numRuns: 150 },
  );
});

test('what is shown of the shortest imported key leaves most of it unknown', () => {
  expect(shownParts('ab-0123456789abc')).toEqual({ prefix: 'ab-01', last4: '9abc' });
  expect(shownParts(generateKey()).prefix).toHaveLength(13);
});
