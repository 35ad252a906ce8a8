import type { ChannelLimits, ChannelSnapshot } from '@ai-bridge/catalog';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChannelPlace, createChannelGate, isFull } from './channel-gate.ts';
import { createLimiter } from './limiter.ts';
import { Spends } from './spends.ts';

const noon = Date.UTC(2026, 10, 30, 12);
const halfDayMs = 43_200_000;
const nothing = { tokens: 0, costNanoUsd: 0n };

function setUp(limits: ChannelLimits | undefined) {
  let now = noon;
  const clock = { now: () => now, monotonicMs: () => now };
  const limiter = createLimiter(clock);
  const spends = new Spends(clock);
  const gate = createChannelGate(limiter, spends, clock);
  const channel = { id: 'chn_1', limits } as ChannelSnapshot;
  const enter = (tokens = 10, expected = 0n) => gate.enter(channel, tokens, () => expected);
  const place = (tokens?: number, expected?: bigint) => {
    const entered = enter(tokens, expected);
    if (isFull(entered)) throw new Error(entered.limit);
    return entered;
  };
  const full = () => gate.whyFull(channel);
  return { gate, limiter, spends, channel, enter, place, full, pass: (ms: number) => (now += ms), now: () => now };
}

test('a channel without limits is never full, and nothing of it is counted', () => {
  const { gate, limiter, channel } = setUp(undefined);
  expect(gate.whyFull(channel)).toBeUndefined();
  expect(limiter.sent('chn_1', noon)).toBeUndefined();
});

test('requests at once: the channel is full until one has ended', () => {
  const { place, full } = setUp({ concurrency: 2 });
  const first = place();
  place();
  expect(full()).toEqual({ limit: '2 requests at once', waitMs: 1_000 });
  first.release(nothing);
  expect(full()).toBeUndefined();
});

test('requests per minute count though they used nothing, and there is room when their minute is over', () => {
  const { place, full, pass } = setUp({ rpm: 2 });
  for (let n = 0; n < 2; n++) place().release(nothing);
  const told = full();
  expect(told?.limit).toBe('2 requests per minute');
  pass(told?.waitMs ?? 0);
  expect(full()).toBeUndefined();
});

test('tokens per minute are what goes in and what comes out; what was estimated too much is given back', () => {
  const { place, enter, full, limiter, now } = setUp({ tpm: 100 });
  place(90).release({ tokens: 40, costNanoUsd: 0n });
  expect(limiter.sent('chn_1', now())).toEqual({ requests: 1, tokens: 40 });
  expect(enter(61)).toMatchObject({ limit: '100 tokens per minute' });
  place(60);
  expect(full()).toMatchObject({ limit: '100 tokens per minute' });
});

test('a request that is larger than the whole limit passes alone', () => {
  const { place, enter } = setUp({ tpm: 100 });
  place(5_000);
  expect(enter(1)).toMatchObject({ limit: '100 tokens per minute' });
});

test('spend is what requests cost the operator, by UTC day and month; the wait is until that is over', () => {
  const { place, full, pass } = setUp({ spendPerDayNanoUsd: 1_000_000_000n, spendPerMonthNanoUsd: 2_500_000_000n });
  place(1, 700_000_000n).release({ tokens: 1, costNanoUsd: 1_000_000_000n });
  expect(full()).toMatchObject({ limit: '1 USD a day', waitMs: halfDayMs });
  // 30 November: the next day is the next month.
  pass(halfDayMs);
  for (let day = 0; day < 3; day++) {
    place().release({ tokens: 1, costNanoUsd: 1_000_000_000n });
    pass(2 * halfDayMs);
  }
  expect(full()).toMatchObject({ limit: '2.5 USD a month', waitMs: 28 * 2 * halfDayMs });
});

test('what requests under way are expected to cost counts until they have ended', () => {
  const { place, full } = setUp({ spendPerDayNanoUsd: 100n });
  const open = place(1, 100n);
  expect(full()).toMatchObject({ waitMs: 1_000 });
  open.release({ tokens: 1, costNanoUsd: 30n });
  expect(full()).toBeUndefined();
});

test('what other workers spent on a channel is learnt from the books', () => {
  const { spends, full } = setUp({ spendPerMonthNanoUsd: 100n });
  spends.learn('chn_1', { atMs: noon, dayNanoUsd: 10n, monthNanoUsd: 100n });
  expect(full()?.limit).toBe('0.0000001 USD a month');
});

test('whatever comes and goes, no limit of requests is exceeded, and spend by the last one let through at most', () => {
  const step = fc.record({
    tokens: fc.integer({ min: 1, max: 40 }),
    used: fc.integer({ min: 0, max: 100 }),
    ends: fc.boolean(),
    afterMs: fc.integer({ min: 0, max: 9_000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
      const limits = { concurrency: 3, rpm: 8, tpm: 200, spendPerDayNanoUsd: 900n };
      const { enter, pass, now } = setUp(limits);
      const open: { place: ChannelPlace; cost: bigint }[] = [];
      const entered: number[] = [];
      let spent = 0n;
      for (const { tokens, used, ends, afterMs } of steps) {
        pass(afterMs);
        const ending = ends ? open.shift() : undefined;
        if (ending) {
          // Never more than was expected, as answers are capped.
          spent += ending.cost;
          ending.place.release({ tokens: Number(ending.cost), costNanoUsd: ending.cost });
        }
        const one = enter(tokens, BigInt(tokens));
        if (isFull(one)) {
          expect(one.waitMs).toBeGreaterThan(0);
          continue;
        }
        open.push({ place: one, cost: (BigInt(tokens) * BigInt(used)) / 100n });
        entered.push(now());
        expect(open.length).toBeLessThanOrEqual(limits.concurrency);
        expect(entered.filter((at) => at > now() - 60_000).length).toBeLessThanOrEqual(limits.rpm);
      }
      expect(spent).toBeLessThan(limits.spendPerDayNanoUsd + 40n);
    }),
  );
});
