import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findWithin } from './bytes.ts';

test('bytes are found within a range as in a copy of it, however much stands behind', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 60 });
  fc.assert(
    fc.property(text, text, text, fc.constantFrom(0, 5_000), (before, within, behind, more) => {
      const buffer = Buffer.from(`${before}${within}${behind}${'abc'.repeat(more)}`);
      const end = before.length + within.length;
      for (const wanted of ['a', 'ab', 'abc', 'cab']) {
        const at = within.indexOf(wanted);
        expect(findWithin(buffer, Buffer.from(wanted), before.length, end)).toBe(at === -1 ? -1 : before.length + at);
      }
    }),
  );
});
