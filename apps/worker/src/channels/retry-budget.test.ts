import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RetryBudget } from './retry-budget.ts';

test('ten extra calls are allowed however quiet it is, and are back after ten seconds', () => {
  const budget = new RetryBudget();
  for (let i = 0; i < 10; i++) {
    expect(budget.hasRoom(0)).toBe(true);
    budget.extra(0);
  }
  expect(budget.hasRoom(9_999)).toBe(false);
  expect(budget.hasRoom(10_000)).toBe(true);
});

test('in any ten seconds of whatever load, extra calls stay within a fifth of the requests or the floor', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ afterMs: fc.nat(300), retries: fc.nat(4) }), { maxLength: 400 }), (load) => {
      const budget = new RetryBudget();
      const requests: number[] = [];
      const extras: number[] = [];
      let nowMs = 0;
      for (const { afterMs, retries } of load) {
        nowMs += afterMs;
        budget.request(nowMs);
        requests.push(nowMs);
        for (let i = 0; i < retries && budget.hasRoom(nowMs); i++) {
          budget.extra(nowMs);
          extras.push(nowMs);
        }
      }
      // The ring forgets by whole seconds: nine of them are surely in the window.
      const within = (times: number[], spanMs: number) => times.filter((at) => at > nowMs - spanMs).length;
      expect(within(extras, 9_000)).toBeLessThanOrEqual(Math.max(10, within(requests, 10_000) * 0.2));
    }),
  );
});
