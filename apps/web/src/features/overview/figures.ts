import type { ModelDaySums } from '@ai-bridge/usage';

const dayMs = 86_400_000;
/** Days that the pace is measured over: whole ones, today is not over. */
const paceDays = 7;
/** Today stands out where it is at least this many times an ordinary day ... */
const anomalyFactor = 3n;
/** ... and more than this beyond it (nano-USD: 1 USD of list price), so that small sums alarm nobody ... */
const anomalyFloorNanoUsd = 1_000_000_000n;
/** ... and at least so many of the days before were used, so that there is an ordinary day. */
const anomalyDays = 3;
const maxTopModels = 5;

export interface Span {
  readonly requests: bigint;
  readonly errors: bigint;
  readonly chargeNanoUsd: bigint;
  /** Average time to the first byte; null: no request had one. */
  readonly firstByteMs: number | null;
}

export interface OverviewFigures {
  readonly today: Span;
  readonly week: Span;
  readonly month: Span;
  /** The last 30 UTC days, oldest first, those without use too. */
  readonly days: readonly { readonly day: string; readonly chargeNanoUsd: bigint; readonly requests: bigint }[];
  /** By what they cost in 30 days. */
  readonly topModels: readonly { readonly model: string; readonly chargeNanoUsd: bigint; readonly requests: bigint }[];
  /** Average of a day over the last 7 whole days, or over those since the first use; null: nothing was used before today. */
  readonly perDayNanoUsd: bigint | null;
  /** Whole days that the balance lasts at that pace; null: no pace, or more than ten years. */
  readonly daysLeft: number | null;
  /** Today is far above an ordinary day. */
  readonly isUnusual: boolean;
}

const maxDaysLeft = 3_650n;

/** The first of the days that the overview looks at. */
export function firstDay(nowMs: number): Date {
  return new Date(nowMs - 29 * dayMs);
}

/** All figures of the overview from the sums by day and model. Days are UTC. */
export function overviewFigures(
  rows: readonly ModelDaySums[],
  availableNanoUsd: bigint,
  nowMs: number,
): OverviewFigures {
  const today = dayText(nowMs);
  const since = (days: number) => dayText(nowMs - (days - 1) * dayMs);
  const spanOf = (days: number) => together(rows.filter(({ day }) => day >= since(days)));
  const days = Array.from({ length: 30 }, (_, index) => {
    const day = dayText(nowMs - (29 - index) * dayMs);
    const { chargeNanoUsd, requests } = together(rows.filter((row) => row.day === day));
    return { day, chargeNanoUsd, requests };
  });
  const pace = paceOf(days.slice(-1 - paceDays, -1), rows[0]?.day);
  const span = { today: spanOf(1), week: spanOf(7), month: spanOf(30) };
  return {
    ...span,
    days,
    topModels: topModels(rows.filter(({ day }) => day <= today)),
    perDayNanoUsd: pace?.perDayNanoUsd ?? null,
    daysLeft: daysLeft(availableNanoUsd, pace?.perDayNanoUsd),
    isUnusual: pace !== undefined && isUnusual(span.today.chargeNanoUsd, pace),
  };
}

interface Pace {
  readonly perDayNanoUsd: bigint;
  readonly usedDays: number;
}

function paceOf(before: OverviewFigures['days'], firstUse: string | undefined): Pace | undefined {
  const counted = before.filter(({ day }) => firstUse !== undefined && day >= firstUse);
  if (counted.length === 0) return undefined;
  const sum = counted.reduce((total, { chargeNanoUsd }) => total + chargeNanoUsd, 0n);
  const usedDays = counted.filter(({ requests }) => requests > 0n).length;
  return { perDayNanoUsd: sum / BigInt(counted.length), usedDays };
}

function isUnusual(todayNanoUsd: bigint, { perDayNanoUsd, usedDays }: Pace): boolean {
  if (usedDays < anomalyDays) return false;
  return todayNanoUsd >= perDayNanoUsd * anomalyFactor && todayNanoUsd - perDayNanoUsd > anomalyFloorNanoUsd;
}

function daysLeft(availableNanoUsd: bigint, perDayNanoUsd: bigint | undefined): number | null {
  if (!perDayNanoUsd) return null;
  const days = (availableNanoUsd > 0n ? availableNanoUsd : 0n) / perDayNanoUsd;
  return days > maxDaysLeft ? null : Number(days);
}

function together(rows: readonly ModelDaySums[]): Span {
  let [requests, errors, chargeNanoUsd, firstByteMsSum, firstByteCount] = [0n, 0n, 0n, 0n, 0n];
  for (const row of rows) {
    requests += row.requests;
    errors += row.errors;
    chargeNanoUsd += row.chargeNanoUsd;
    firstByteMsSum += row.firstByteMsSum;
    firstByteCount += row.firstByteCount;
  }
  return {
    ...{ requests, errors, chargeNanoUsd },
    firstByteMs: firstByteCount === 0n ? null : Number(firstByteMsSum / firstByteCount),
  };
}

function topModels(rows: readonly ModelDaySums[]): OverviewFigures['topModels'] {
  const models = [...new Set(rows.map(({ model }) => model))].filter((model) => model !== '');
  return models
    .map((model) => {
      const { chargeNanoUsd, requests } = together(rows.filter((row) => row.model === model));
      return { model, chargeNanoUsd, requests };
    })
    .sort((a, b) => compare(b.chargeNanoUsd, a.chargeNanoUsd) || compare(b.requests, a.requests))
    .slice(0, maxTopModels);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function dayText(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
