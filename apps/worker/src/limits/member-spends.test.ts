import type { Caller } from '@ai-bridge/access/callers';
import type { Clock } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { memberSubject, Spends } from './spends.ts';

const start = Date.parse('2026-11-30T23:59:00Z');

function world(limits: { perDayNanoUsd?: bigint; perMonthNanoUsd?: bigint }) {
  let nowMs = start;
  const clock = { now: () => nowMs } as Clock;
  const spends = new Spends(clock);
  const caller = (keyId: string, userId: string | undefined = 'usr_1') =>
    ({ keyId, organizationId: 'org_1', memberSpend: userId && { userId, limits } }) as unknown as Caller;
  const subject = memberSubject('org_1', 'usr_1');
  const learn = (dayNanoUsd: bigint, monthNanoUsd = dayNanoUsd) =>
    spends.learn(subject, { atMs: nowMs, dayNanoUsd, monthNanoUsd });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { spends, caller, learn, pass };
}

const cost = (amount: bigint) => () => amount;

test('two keys of one member share what is spent and what is under way; another member has their own', () => {
  const { spends, caller } = world({ perDayNanoUsd: 100n });
  const first = spends.admit(caller('key_1'), cost(60n));
  const second = spends.admit(caller('key_2'), cost(40n));
  expect(() => spends.admit(caller('key_2'), cost(1n))).toThrowError('balance_in_use');
  expect(spends.admit(caller('key_3', 'usr_2'), cost(90n))).toBeDefined();
  first?.release(70n);
  second?.release(30n);
  for (const key of ['key_1', 'key_2'])
    expect(() => spends.admit(caller(key), cost(0n))).toThrowError('spend_limit_reached');
});

test('a caller without a limit is let through without being remembered', () => {
  const { spends, caller } = world({});
  expect(spends.admit({ ...caller('key_1'), memberSpend: undefined }, () => expect.unreachable())).toBeUndefined();
});

test('what the database says and what was charged here are never added up, and never forgotten', () => {
  const { spends, caller, learn } = world({ perDayNanoUsd: 100n });
  learn(50n);
  spends.admit(caller('key_1'), cost(10n))?.release(40n);
  // Read before the last charge was settled, then after it, and then with another worker's.
  learn(50n);
  spends.admit(caller('key_1'), cost(0n))?.release(0n);
  learn(90n);
  spends.admit(caller('key_1'), cost(0n))?.release(0n);
  learn(100n);
  expect(() => spends.admit(caller('key_1'), cost(0n))).toThrowError('spend_limit_reached');
});

test('a day and a month begin anew at midnight UTC, and what began before counts where it is recorded', () => {
  const { spends, caller, learn, pass } = world({ perDayNanoUsd: 100n, perMonthNanoUsd: 1_000n });
  learn(99n, 999n);
  const late = spends.admit(caller('key_1'), cost(1n));
  expect(() => spends.admit(caller('key_1'), cost(1n))).toThrowError('balance_in_use');
  pass(61_000);
  const early = spends.admit(caller('key_1'), cost(1n));
  late?.release(500n);
  early?.release(99n);
  spends.admit(caller('key_1'), cost(1n))?.release(1n);
  expect(() => spends.admit(caller('key_1'), cost(1n))).toThrowError('spend_limit_reached');
});

test('who is idle is forgotten, who has a request under way is not', () => {
  const { spends, caller, learn } = world({ perDayNanoUsd: 100n });
  learn(99n);
  const open = spends.admit(caller('key_1'), cost(1n));
  spends.sweep(start + 700_000);
  expect(() => spends.admit(caller('key_1'), cost(1n))).toThrowError('balance_in_use');
  open?.release(0n);
  spends.sweep(start + 700_000);
  expect(spends.admit(caller('key_1'), cost(1n))).toBeDefined();
});
