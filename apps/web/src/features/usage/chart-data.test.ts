import { expect, test } from 'vitest';
import { chartData } from './chart-data.ts';

const starts = ['2026-01-01', '2026-01-02'];
const point = (start: string, value: string | null, tokens: bigint) => ({
  ...{ start, value, requests: 2n, input: 1n, cacheRead: 10n, cacheWrite: 100n, output: 1_000n },
  chargeNanoUsd: tokens * 1_000n,
});

test('every hour or day of the range has a bar, also an empty one', () => {
  const data = chartData([point('2026-01-02', 'a', 5n)], { starts, named: ['a'], metric: 'spend' });
  expect(data).toEqual({
    series: ['a'],
    points: [
      { start: '2026-01-01', heights: [0] },
      { start: '2026-01-02', heights: [5] },
    ],
  });
});

test('what has no name of its own is drawn as the others, last', () => {
  const points = [point('2026-01-01', null, 3n), point('2026-01-01', 'b', 1n), point('2026-01-01', 'a', 2n)];
  const data = chartData(points, { starts, named: ['a', 'b'], metric: 'spend' });
  expect(data.series).toEqual(['a', 'b', null]);
  expect(data.points[0]?.heights).toEqual([2, 1, 3]);
});

test.each([
  ['spend', 7],
  ['requests', 2],
  ['tokens', 1_111],
] as const)('bars can show %s', (metric, height) => {
  const data = chartData([point('2026-01-01', 'a', 7n)], { starts, named: ['a'], metric });
  expect(data.points[0]?.heights).toEqual([height]);
});

test('no usage gives empty bars, not an error', () => {
  const data = chartData([], { starts, named: [], metric: 'spend' });
  expect(data).toEqual({ series: [], points: starts.map((start) => ({ start, heights: [] })) });
});
