/** A sum of a UTC day (YYYY-MM-DD). */
export interface DaySum {
  readonly day: string;
  readonly amountNanoUsd: bigint;
}

export interface DayComparison {
  readonly day: string;
  /** By the records of the requests that began on it. */
  readonly chargedNanoUsd: bigint;
  /** By the ledger's entries that were written on it. */
  readonly capturedNanoUsd: bigint;
}

/** Both sums of every day that has one of them, the newest first. */
export function dayComparisons(charged: readonly DaySum[], captured: readonly DaySum[]): DayComparison[] {
  const [byCharge, byCapture] = [charged, captured].map(
    (sums) => new Map(sums.map((sum) => [sum.day, sum.amountNanoUsd])),
  );
  const days = new Set([...charged, ...captured].map(({ day }) => day));
  return [...days]
    .sort()
    .reverse()
    .map((day) => ({ day, chargedNanoUsd: byCharge?.get(day) ?? 0n, capturedNanoUsd: byCapture?.get(day) ?? 0n }));
}
