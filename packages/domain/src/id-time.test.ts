import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeOfId } from './id-time.ts';
import { newId } from './ids.ts';

test('an id tells the millisecond it was made in', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 32 ** 9 - 1 }), (ms) => {
      expect(timeOfId(newId('req', ms))).toBe(ms);
    }),
  );
});

test('a text that is none of our ids tells no time', () => {
  const id = newId('req');
  for (const text of ['', 'req_', 'req_1', id.slice(0, -1), `${id}0`, id.toUpperCase(), id.replace(/.$/, 'l')])
    expect(timeOfId(text), text).toBeUndefined();
});
