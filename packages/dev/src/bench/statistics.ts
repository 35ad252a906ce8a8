/** The middle of some numbers (the mean of the middle two of an even count); NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? at(sorted, middle) : (at(sorted, middle - 1) + at(sorted, middle)) / 2;
}

/** The value that a share of the numbers stays at or below; NaN of none. Sorts in place. */
export function percentile(values: number[], share: number): number {
  values.sort((a, b) => a - b);
  return at(values, Math.min(values.length - 1, Math.floor(values.length * share)));
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? Number.NaN;
}
