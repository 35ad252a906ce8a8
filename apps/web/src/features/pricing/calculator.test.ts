import { charge, type Price, promptTokens } from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Habit, habitBounds, habits, howLong, readHabit, usageOf } from './calculator.ts';

const price = (input: bigint, output: bigint, cacheRead?: bigint): Price => ({
  ...{ id: 'prc', modelId: 'm', version: 1, input, output, cacheRead, requestFee: 0n, tiers: [] },
});
const upTo = (field: keyof Habit) => fc.nat(habitBounds[field].most);
const habit = fc.record({
  ...{ promptTokens: upTo('promptTokens'), cachedPercent: upTo('cachedPercent') },
  ...{ answerTokens: upTo('answerTokens'), requestsPerDay: upTo('requestsPerDay') },
});
const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });

test('10 dollars of Claude at 3 and 15 dollars a million: what a reader works out by hand', () => {
  const step = { promptTokens: 40_000, cachedPercent: 90, answerTokens: 1_000, requestsPerDay: 100 };
  // 4,000 x 3 + 36,000 x 0.3 + 1,000 x 15 dollars per million = 0.0378 dollars
  expect(howLong(10_000_000_000n, price(3_000_000_000n, 15_000_000_000n, 300_000_000n), step)).toEqual({
    ...{ chargeNanoUsd: 37_800_000n, dayNanoUsd: 3_780_000_000n, requests: 264n, days: 2n },
  });
});

test('the whole prompt is charged once, whatever share is cached', () => {
  fc.assert(
    fc.property(habit, (of) => {
      expect(promptTokens(usageOf(of))).toBe(of.promptTokens);
    }),
  );
});

test('credit pays for the days it is said to last, and not for one more', () => {
  fc.assert(
    fc.property(
      habit,
      fc.bigInt({ min: 0n, max: 10n ** 15n }),
      amount,
      amount,
      fc.integer({ min: 1, max: 20_000 }),
      (of, credit, input, output, multiplierBasisPoints) => {
        const terms = { multiplierBasisPoints, forgivenTokens: 0 };
        const { chargeNanoUsd, days, requests } = howLong(credit, price(input, output), of, terms);
        expect(chargeNanoUsd).toBe(charge(usageOf(of), price(input, output), terms));
        const day = chargeNanoUsd * BigInt(of.requestsPerDay);
        if (days === undefined) expect(day).toBe(0n);
        else expect(days * day <= credit && (days + 1n) * day > credit).toBe(true);
        expect(requests * chargeNanoUsd <= credit).toBe(true);
      },
    ),
  );
});

test('an address says each number, and what it says wrongly is as if it said nothing', () => {
  expect(readHabit(new URLSearchParams('prompt=1,000&cached=50&answer=20&requests=7'))).toEqual({
    ...{ promptTokens: 1_000, cachedPercent: 50, answerTokens: 20, requestsPerDay: 7 },
  });
  expect(readHabit(new URLSearchParams('prompt=-1&cached=101&answer=1e9&requests=many'))).toEqual(habits.agent);
});
