import { expect, test } from 'vitest';
import { remembered } from './remembered.ts';

function setUp() {
  const reads: string[] = [];
  const clock = { ms: 0, fails: false };
  const ask = remembered({
    read: async (key) => {
      reads.push(key);
      if (clock.fails) throw new Error('away');
      return reads.length;
    },
    freshMs: 100,
    nowMs: () => clock.ms,
  });
  return { reads, clock, ask };
}

test('many who ask at once and soon after share one reading; a stale one is read again', async () => {
  const { reads, clock, ask } = setUp();
  expect(await Promise.all([ask('a'), ask('a'), ask('a')])).toEqual([1, 1, 1]);
  clock.ms = 99;
  expect(await ask('a')).toBe(1);
  clock.ms = 100;
  expect(await ask('a')).toBe(2);
  expect(reads).toEqual(['a', 'a']);
});

test('another key is another value', async () => {
  const { reads, ask } = setUp();
  expect([await ask('a'), await ask('b'), await ask('b')]).toEqual([1, 2, 2]);
  expect(reads).toEqual(['a', 'b']);
});

test('a failure is told to all who waited and not kept', async () => {
  const { clock, ask } = setUp();
  clock.fails = true;
  const both = await Promise.allSettled([ask('a'), ask('a')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  clock.fails = false;
  expect(await ask('a')).toBe(2);
});
