/** How many days a usage page can look back, today included. */
export const dayRanges = [7, 30, 90] as const;
export type DayRange = (typeof dayRanges)[number];

export const defaultDayRange: DayRange = 30;
const dayMs = 24 * 60 * 60 * 1_000;

/** A range from an address, where anyone may have typed anything. */
export function readDayRange(value: string | null | undefined): DayRange {
  return dayRanges.find((days) => String(days) === value) ?? defaultDayRange;
}

/** Start of the UTC day `daysBack` days before the one that `nowMs` lies in. */
export function utcDayStart(nowMs: number, daysBack: number): Date {
  return new Date(Math.floor(nowMs / dayMs) * dayMs - daysBack * dayMs);
}

/** The UTC days of a range as YYYY-MM-DD, oldest first, today last. */
export function daysOfRange(range: number, nowMs: number): string[] {
  return Array.from({ length: range }, (_, index) =>
    utcDayStart(nowMs, range - 1 - index)
      .toISOString()
      .slice(0, 10),
  );
}
