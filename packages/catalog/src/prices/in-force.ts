/** When a price or multiplier counts, and which of two with the same date counts more. */
export interface DatedRow {
  readonly validFrom: Date;
  readonly version: number;
  /** Set before it began: it never counts. */
  readonly withdrawnAt?: Date | null;
}

/** The row in force at a moment: the latest date that has come; of several with it, the highest version. */
export function rowInForce<Row extends DatedRow>(rows: readonly Row[], at: Date): Row | undefined {
  let best: Row | undefined;
  for (const row of rows) {
    if (row.validFrom > at || row.withdrawnAt) continue;
    const later = best ? row.validFrom.getTime() - best.validFrom.getTime() || row.version - best.version : 1;
    if (later > 0) best = row;
  }
  return best;
}

/** Dates after `at` on which another row takes over, ascending. */
export function datesAhead(rows: readonly DatedRow[], at: Date): Date[] {
  const times = new Set<number>();
  for (const { validFrom, withdrawnAt } of rows) if (!withdrawnAt && validFrom > at) times.add(validFrom.getTime());
  return [...times].sort((a, b) => a - b).map((time) => new Date(time));
}
