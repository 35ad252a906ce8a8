import { nanoUsdPerPlanToken } from '@ai-bridge/domain';

/** One day and model, as the API gives it. */
export interface DailyRow {
  readonly day: string;
  readonly model: string;
  readonly chargeNanoUsd: bigint;
}

export interface ChartPoint {
  /** YYYY-MM-DD, UTC */
  readonly day: string;
  /** Height of each series in plan tokens, in the order of the series. A float: it only draws pixels. */
  readonly heights: readonly number[];
}

export interface ChartData {
  /** Model ids by spend, the largest first; undefined stands for all others together. */
  readonly series: readonly (string | undefined)[];
  readonly points: readonly ChartPoint[];
}

/** As many hues as people can tell apart; the last one is everything else. */
const maxSeries = 6;

/** Daily rows as stacked bars, a bar for every day of the range, also the empty ones. */
export function chartData(rows: readonly DailyRow[], days: readonly string[]): ChartData {
  const totals = new Map<string, bigint>();
  for (const { model, chargeNanoUsd } of rows) totals.set(model, (totals.get(model) ?? 0n) + chargeNanoUsd);
  const ranked = [...totals].sort(([, a], [, b]) => (a === b ? 0 : a < b ? 1 : -1)).map(([model]) => model);
  const named = ranked.length > maxSeries ? ranked.slice(0, maxSeries - 1) : ranked;
  const series: (string | undefined)[] = ranked.length > named.length ? [...named, undefined] : named;
  const indexOf = new Map(named.map((model, index) => [model, index]));
  const sums = new Map(days.map((day) => [day, series.map(() => 0n)]));
  for (const { day, model, chargeNanoUsd } of rows) {
    const ofDay = sums.get(day);
    const index = indexOf.get(model) ?? series.length - 1;
    if (ofDay) ofDay[index] = (ofDay[index] ?? 0n) + chargeNanoUsd;
  }
  return { series, points: days.map((day) => ({ day, heights: (sums.get(day) ?? []).map(asTokens) })) };
}

function asTokens(amountNanoUsd: bigint): number {
  return Number(amountNanoUsd) / Number(nanoUsdPerPlanToken);
}
