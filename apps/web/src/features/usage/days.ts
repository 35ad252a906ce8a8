const dayMs = 24 * 60 * 60 * 1_000;

/** Start of the UTC day `daysBack` days before the one that `nowMs` lies in. */
export function utcDayStart(nowMs: number, daysBack: number): Date {
  return new Date(Math.floor(nowMs / dayMs) * dayMs - daysBack * dayMs);
}
