import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RateWindow } from './rate-window.ts';

const gaps = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 400 });

test('whatever the arrivals, no minute holds more than the limit, and a request is refused only where one would within a second', () => {
  const limit = 20;
  fc.assert(
    fc.property(gaps, (arrivals) => {
      const window = new RateWindow();
      const admitted: number[] = [];
      let now = 1_000_000;
      for (const gap of arrivals) {
        now += gap;
        const within = (ms: number) => admitted.filter((at) => at > now - ms).length;
        if (window.waitMs(now, limit, 1) > 0) {
          expect(within(61_000)).toBe(limit);
          continue;
        }
        window.add(now, 1);
        admitted.push(now);
        expect(within(60_000)).toBeLessThanOrEqual(limit);
      }
    }),
  );
});

test('the wait it names is enough, and a second less is not', () => {
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 10 }), (arrivals, amount) => {
      const window = new RateWindow();
      let now = 5_000_000;
      for (const gap of arrivals) {
        now += gap;
        const wait = window.waitMs(now, 10, amount);
        if (wait === 0) {
          window.add(now, amount);
          continue;
        }
        expect(wait).toBeLessThanOrEqual(61_000);
        if (wait > 1_000) expect(window.waitMs(now + wait - 1_000, 10, amount)).toBeGreaterThan(0);
        expect(window.waitMs(now + wait, 10, amount)).toBe(0);
        return;
      }
    }),
  );
});

test('what is given back counts no more, once and only while its minute lasts', () => {
  const window = new RateWindow();
  window.add(10_000, 100);
  window.addAt(30_000, 10_000, -90);
  expect(window.used(30_000)).toBe(10);
  window.addAt(30_000, 10_000, -90);
  expect(window.used(30_000)).toBe(0);
  window.add(30_000, 5);
  window.addAt(80_000, 10_000, -5);
  expect(window.used(80_000)).toBe(5);
  expect(window.used(91_000)).toBe(0);
});

test('the whole limit is there again when the last of it is a minute old', () => {
  const window = new RateWindow();
  expect(window.emptyInMs(5_000)).toBe(0);
  window.add(10_200, 1);
  window.add(12_700, 1);
  const wait = window.emptyInMs(13_000);
  expect(window.used(13_000 + wait - 1)).toBe(1);
  expect(window.used(13_000 + wait)).toBe(0);
});
