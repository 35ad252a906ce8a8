import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unquote, walkStrings } from './walk-strings.ts';

function walked(text: string): [string, string][] {
  const found: [string, string][] = [];
  walkStrings(text, (path, quoted) => found.push([JSON.stringify(path), unquote(quoted)]));
  return found;
}

function expected(value: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof value === 'string') return [[JSON.stringify(path), value]];
  if (Array.isArray(value)) return value.flatMap((item) => expected(item, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => expected(field, [...path, key]));
}

test('tells the very strings that JSON.parse finds, each with its keys, however the text is spaced', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.boolean(), (value, isSpread) => {
      const parsed: unknown = JSON.parse(JSON.stringify(value));
      expect(walked(JSON.stringify(value, null, isSpread ? 2 : 0))).toEqual(expected(parsed));
    }),
  );
});

test('of a text that is cut off it tells what it tells of the whole, so far', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), (value, cut) => {
      const text = JSON.stringify(value);
      const whole = walked(text);
      const part = walked(text.slice(0, cut % (text.length + 1)));
      expect(part).toEqual(whole.slice(0, part.length));
    }),
  );
});

test('never fails on text that is no JSON', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', 'a', 'u') }), (text) => {
      walked(text);
    }),
  );
});

test('a key that is there twice is told twice', () => {
  expect(walked('{"a":"1","\\u0061":"2"}')).toEqual([
    ['["a"]', '1'],
    ['["a"]', '2'],
  ]);
});
