import { expect, test } from 'vitest';
import { chartData } from './chart-data.ts';

const days = ['2026-01-01', '2026-01-02'];
const row = (day: string, model: string, tokens: bigint) => ({ day, model, chargeNanoUsd: tokens * 1_000n });

test('every day of the range has a bar, also an empty one', () => {
  const { points } = chartData([row('2026-01-02', 'a', 5n)], days);
  expect(points).toEqual([
    { day: '2026-01-01', heights: [0] },
    { day: '2026-01-02', heights: [5] },
  ]);
});

test('models stand in the order of their spend, and at most six series are drawn without losing any spend', () => {
  const rows = 'abcdefgh'.split('').map((model, index) => row('2026-01-01', model, BigInt(index + 1)));
  const { series, points } = chartData(rows, days);
  expect(series).toEqual(['h', 'g', 'f', 'e', 'd', undefined]);
  expect(points[0]!.heights).toEqual([8, 7, 6, 5, 4, 3 + 2 + 1]);
});

test('exactly six models all keep their name', () => {
  const rows = 'abcdef'.split('').map((model) => row('2026-01-01', model, 1n));
  expect(chartData(rows, days).series).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('no usage gives empty bars, not an error', () => {
  expect(chartData([], days)).toEqual({ series: [], points: days.map((day) => ({ day, heights: [] })) });
});
