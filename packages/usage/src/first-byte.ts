/** Upper bounds of the steps that first-byte times are counted in: each about 1.6 times the one before, from 50 ms to a minute. */
export const firstByteBoundsMs = [
  50, 80, 130, 205, 330, 530, 850, 1_370, 2_190, 3_520, 5_640, 9_050, 14_500, 23_300, 37_400, 60_000,
] as const;

/** One counter for each bound, and one for what took longer. */
export const firstByteSteps = firstByteBoundsMs.length + 1;

/** The counter that a time belongs to. */
export function firstByteStep(ms: number): number {
  let step = 0;
  while (step < firstByteBoundsMs.length && ms > (firstByteBoundsMs[step] as number)) step++;
  return step;
}

/**
 * The time that a share of the counted answers kept within, interpolated inside its step.
 * @param share 0.5 for the median
 * @returns whole milliseconds; undefined where nothing was counted
 */
export function firstByteQuantile(counts: readonly number[], share: number): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let before = 0;
  for (const [step, count] of counts.entries()) {
    if (count === 0 || before + count < share * total) {
      before += count;
      continue;
    }
    const high = firstByteBoundsMs[step];
    if (high === undefined) break;
    const low = firstByteBoundsMs[step - 1] ?? 0;
    return Math.round(low + ((high - low) * (share * total - before)) / count);
  }
  return firstByteBoundsMs.at(-1);
}
