import type { ModelDaySums } from '@ai-bridge/usage';
import { expect, test } from 'vitest';
import { overviewFigures } from './figures.ts';

const now = Date.UTC(2026, 10, 30, 15);
const dayMs = 86_400_000;
const usd = 1_000_000_000n;
const dayBefore = (days: number) => new Date(now - days * dayMs).toISOString().slice(0, 10);

function used(daysAgo: number, chargeNanoUsd: bigint, more: Partial<ModelDaySums> = {}): ModelDaySums {
  const sums = { requests: 1n, errors: 0n, firstByteMsSum: 100n, firstByteCount: 1n };
  return { day: dayBefore(daysAgo), model: 'a', chargeNanoUsd, ...sums, ...more };
}
const figures = (rows: ModelDaySums[], available = 100n * usd) =>
  overviewFigures(
    [...rows].sort((a, b) => a.day.localeCompare(b.day)),
    available,
    now,
  );

test('nothing used: zeros for 30 days, no pace and nothing unusual', () => {
  const empty = figures([]);
  expect(empty.days).toHaveLength(30);
  expect(empty).toMatchObject({ perDayNanoUsd: null, daysLeft: null, isUnusual: false, topModels: [] });
  expect(empty.month).toEqual({ requests: 0n, errors: 0n, chargeNanoUsd: 0n, firstByteMs: null });
});

test('today, 7 and 30 days hold what lies in them, today included', () => {
  const rows = [used(0, 1n), used(6, 2n), used(7, 4n), used(29, 8n)];
  const { today, week, month, days } = figures(rows);
  expect([today.chargeNanoUsd, week.chargeNanoUsd, month.chargeNanoUsd]).toEqual([1n, 3n, 15n]);
  expect(days.reduce((sum, day) => sum + day.chargeNanoUsd, 0n)).toBe(15n);
  expect([days[0]?.day, days.at(-1)?.day]).toEqual([dayBefore(29), dayBefore(0)]);
});

test('the pace is that of the last seven whole days, and the balance lasts so many whole days at it', () => {
  const week = [1, 2, 3, 4, 5, 6, 7].map((days) => used(days, 7n * usd));
  expect(figures([...week, used(0, 900n * usd), used(20, usd)])).toMatchObject({
    ...{ perDayNanoUsd: 7n * usd, daysLeft: 14 },
  });
  expect(figures([used(1, 14n * usd), used(20, usd)]).perDayNanoUsd).toBe(2n * usd);
});

test('who began within the week is measured by the days since', () => {
  expect(figures([used(2, 4n * usd)]).perDayNanoUsd).toBe(2n * usd);
  expect(figures([used(0, 4n * usd)]).perDayNanoUsd).toBeNull();
});

test('a balance that is used up lasts no day; one that lasts more than ten years is not counted', () => {
  expect(figures([used(1, usd)], 0n).daysLeft).toBe(0);
  expect(figures([used(1, 1n)], 100n * usd).daysLeft).toBeNull();
});

test('today is unusual from three times an ordinary day on, where that is more than a dollar and there are ordinary days', () => {
  const ordinary = [1, 2, 3, 4, 5, 6, 7].map((days) => used(days, usd));
  expect(figures([...ordinary, used(0, 3n * usd)]).isUnusual).toBe(true);
  expect(figures([...ordinary, used(0, 3n * usd - 1n)]).isUnusual).toBe(false);
  expect(figures([used(1, usd), used(0, 50n * usd)]).isUnusual).toBe(false);
  const small = [1, 2, 3, 4, 5, 6, 7].map((days) => used(days, 1_000n));
  expect(figures([...small, used(0, usd)]).isUnusual).toBe(false);
});

test('models are ordered by what they cost, five at most; what no known model was asked for is none', () => {
  const rows = ['f', 'a', 'b', 'c', 'd', 'e'].map((model, index) => used(1, BigInt(10 - index), { model }));
  const { topModels } = figures([...rows, used(1, 99n, { model: '' })]);
  expect(topModels.map(({ model }) => model)).toEqual(['f', 'a', 'b', 'c', 'd']);
});

test('the time to the first byte is the average over requests that had one', () => {
  const rows = [
    used(0, 1n, { firstByteMsSum: 300n, firstByteCount: 2n }),
    used(0, 1n, { model: 'b', firstByteMsSum: 0n, firstByteCount: 0n }),
  ];
  expect(figures(rows).today.firstByteMs).toBe(150);
});
