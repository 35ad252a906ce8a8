import fc from 'fast-check';
import { expect, test } from 'vitest';
import { secondsToWait } from './route-plan.ts';

/** Moments shortly before a power of two, behind which numbers have one bit less behind the point. */
const justBelowPower = fc
  .tuple(fc.integer({ min: 10, max: 36 }), fc.integer({ min: 1, max: 997_000 }))
  .map(([power, less]) => 2 ** power - less / 997);

test('a wait of whole seconds is told as that many, at whatever moment it was reckoned', () => {
  fc.assert(
    fc.property(justBelowPower, fc.integer({ min: 1, max: 300 }), (nowMs, seconds) => {
      const retryAtMs = nowMs + seconds * 1_000;
      expect(secondsToWait(retryAtMs - nowMs)).toBe(seconds);
    }),
  );
});

test('a part of a second is a whole one, nothing is one, and more than five minutes are five', () => {
  expect([0, 1, 1_001, 900_000].map(secondsToWait)).toEqual([1, 1, 2, 300]);
});
