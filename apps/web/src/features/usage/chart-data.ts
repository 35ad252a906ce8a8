import { nanoUsdPerPlanToken } from '@ai-bridge/domain';
import type { Metric } from './usage-view.ts';

/** What one series has in one hour or day. */
export interface SeriesPoint {
  /** When that starts. */
  readonly start: string;
  /** The series; null: all others together. */
  readonly value: string | null;
  readonly requests: bigint;
  readonly input: bigint;
  readonly cacheRead: bigint;
  readonly cacheWrite: bigint;
  readonly output: bigint;
  readonly chargeNanoUsd: bigint;
}

export interface ChartPoint {
  readonly start: string;
  /** Height of each series, in the order of the series. A float: it only draws pixels. */
  readonly heights: readonly number[];
}

export interface ChartData {
  /** The largest first; null, the last one, stands for all others together. */
  readonly series: readonly (string | null)[];
  readonly points: readonly ChartPoint[];
}

/** As many hues as people can tell apart; the last one is everything else. */
export const maxSeries = 6;

/** Series as stacked bars, a bar for every hour or day, also the empty ones. */
export function chartData(
  points: readonly SeriesPoint[],
  {
    starts,
    named,
    metric,
  }: { readonly starts: readonly string[]; readonly named: readonly string[]; readonly metric: Metric },
): ChartData {
  const hasOthers = points.some(({ value }) => value === null);
  const series = hasOthers ? [...named, null] : named;
  const indexOf = new Map(series.map((value, index) => [value, index]));
  const heights = new Map(starts.map((start) => [start, series.map(() => 0)]));
  for (const point of points) {
    const ofStart = heights.get(point.start);
    const index = indexOf.get(point.value);
    if (ofStart && index !== undefined) ofStart[index] = heightOf(point, metric);
  }
  return { series, points: starts.map((start) => ({ start, heights: heights.get(start) ?? [] })) };
}

/** Spend in plan tokens, requests or tokens, each as a number to draw. */
function heightOf(
  { requests, input, cacheRead, cacheWrite, output, chargeNanoUsd }: SeriesPoint,
  metric: Metric,
): number {
  if (metric === 'requests') return Number(requests);
  if (metric === 'tokens') return Number(input + cacheRead + cacheWrite + output);
  return Number(chargeNanoUsd) / Number(nanoUsdPerPlanToken);
}
