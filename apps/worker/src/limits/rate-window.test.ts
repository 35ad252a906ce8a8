import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RateWindow } from './rate-window.ts';

test('whatever the arrivals, no rolling minute holds more than the limit and what the two-cell estimate may err by', () => {
  const limit = 20;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 400 }), (gaps) => {
      const window = new RateWindow();
      const admitted: number[] = [];
      let now = 1_000_000;
      for (const gap of gaps) {
        now += gap;
        if (window.waitMs(now, limit, 1) > 0) continue;
        window.add(now, 1);
        admitted.push(now);
        const lastMinute = admitted.filter((at) => at > now - 60_000).length;
        expect(lastMinute).toBeLessThanOrEqual(2 * limit);
        const cell = Math.floor(now / 60_000);
        expect(admitted.filter((at) => Math.floor(at / 60_000) === cell).length).toBeLessThanOrEqual(limit);
      }
    }),
  );
});

test('the wait it names is enough and not much more than that', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 30, maxLength: 200 }), (gaps) => {
      const window = new RateWindow();
      let now = 5_000_000;
      for (const gap of gaps) {
        now += gap;
        const wait = window.waitMs(now, 10, 1);
        if (wait === 0) window.add(now, 1);
        else {
          expect(wait).toBeLessThanOrEqual(120_000);
          expect(window.waitMs(now + wait, 10, 1)).toBeLessThanOrEqual(1);
          return;
        }
      }
    }),
  );
});
