import type { Caller } from '@ai-bridge/access/callers';
import type { RelayError, SpendLimits } from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Spends } from './spends.ts';

const noon = Date.UTC(2026, 10, 30, 12);
const dayMs = 86_400_000;

function setUp(limits: Partial<SpendLimits> | undefined) {
  let now = noon;
  const spends = new Spends({ now: () => now, monotonicMs: () => now });
  const spendLimits = limits && { perDayNanoUsd: undefined, perMonthNanoUsd: undefined, ...limits };
  const caller = { keyId: 'key_1', spendLimits } as Caller;
  const admit = (expected = 0n) => spends.admit(caller, () => expected);
  const spend = (charge: bigint) => admit(charge)?.release(charge);
  const learn = (dayNanoUsd: bigint, monthNanoUsd = dayNanoUsd) =>
    spends.learn('key_1', { atMs: now, dayNanoUsd, monthNanoUsd });
  return { spends, admit, spend, learn, pass: (ms: number) => (now += ms), now: () => now };
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'admitted';
  } catch (error) {
    return (error as RelayError).code;
  }
}

test('a key without spend limits is not counted, and its request is not priced', () => {
  const { spends } = setUp(undefined);
  const caller = { keyId: 'key_1', spendLimits: undefined } as Caller;
  const price = () => {
    throw new Error('priced');
  };
  expect(spends.admit(caller, price)).toBeUndefined();
});

test('what is spent refuses, what is only reserved says to come back', () => {
  const { admit, spend } = setUp({ perDayNanoUsd: 100n });
  const open = admit(100n);
  expect(codeOf(() => admit())).toBe('balance_in_use');
  open?.release(40n);
  expect(codeOf(() => spend(60n))).toBe('admitted');
  expect(codeOf(() => admit())).toBe('spend_limit_reached');
});

test('a day’s limit begins anew at midnight UTC, a month’s with the month', () => {
  const { admit, spend, pass } = setUp({ perDayNanoUsd: 100n, perMonthNanoUsd: 250n });
  spend(100n);
  expect(codeOf(() => admit())).toBe('spend_limit_reached');
  // 30 November: the next day is the next month.
  pass(dayMs / 2);
  for (let day = 0; day < 3; day++) {
    expect(codeOf(() => spend(100n))).toBe('admitted');
    pass(dayMs);
  }
  expect(codeOf(() => admit())).toBe('spend_limit_reached');
});

test('a request that ends after midnight counts in the day that it began in', () => {
  const { admit, pass } = setUp({ perDayNanoUsd: 100n });
  const open = admit(100n);
  pass(dayMs);
  open?.release(100n);
  expect(codeOf(() => admit())).toBe('admitted');
});

test('what the database says is taken in where it is more, and never takes back what was charged here', () => {
  const { admit, spend, learn } = setUp({ perDayNanoUsd: 100n });
  spend(60n);
  learn(10n);
  spend(30n);
  expect(codeOf(() => admit())).toBe('admitted');
  learn(100n);
  expect(codeOf(() => admit())).toBe('spend_limit_reached');
});

test('whatever comes in, together and apart, no limit is exceeded by more than the last request that was let through', () => {
  const step = fc.record({ expected: fc.bigInt(1n, 50n), share: fc.integer({ min: 0, max: 100 }), keep: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.bigInt(1n, 300n), (steps, limit) => {
      const { admit } = setUp({ perDayNanoUsd: limit });
      let spent = 0n;
      let last = 0n;
      const open: (() => void)[] = [];
      for (const { expected, share, keep } of steps) {
        if (!keep) open.shift()?.();
        try {
          const charge = (expected * BigInt(share)) / 100n;
          const admission = admit(expected);
          last = expected > last ? expected : last;
          open.push(() => {
            spent += charge;
            admission?.release(charge);
          });
        } catch (error) {
          expect(['spend_limit_reached', 'balance_in_use']).toContain((error as RelayError).code);
        }
      }
      for (const end of open) end();
      expect(spent).toBeLessThan(limit + last);
    }),
  );
});

test('idle keys are forgotten, open ones are not', () => {
  const { spends, admit, spend, pass, now } = setUp({ perDayNanoUsd: 100n });
  const open = admit(10n);
  spend(95n);
  pass(601_000);
  spends.sweep(now());
  expect(codeOf(() => admit())).toBe('balance_in_use');
  open?.release(0n);
  pass(601_000);
  spends.sweep(now());
  expect(codeOf(() => admit())).toBe('admitted');
});
