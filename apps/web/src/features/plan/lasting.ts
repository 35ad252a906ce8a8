const daysOfMonth = 30n;

/** How many answers of this charge credit is good for. */
export function answersFor(creditNanoUsd: bigint, chargeNanoUsd: bigint): bigint {
  return chargeNanoUsd > 0n ? creditNanoUsd / chargeNanoUsd : 0n;
}

/** How many days credit lasts at the pace of the last 30; undefined where nothing was spent. */
export function daysFor(creditNanoUsd: bigint, lastMonthNanoUsd: bigint): bigint | undefined {
  return lastMonthNanoUsd > 0n ? (creditNanoUsd * daysOfMonth) / lastMonthNanoUsd : undefined;
}

/** A number to say "about" before: two digits that matter, rounded down. 12,345 -> 12,000 */
export function roughly(count: bigint): bigint {
  const zeros = count.toString().length - 2;
  if (zeros <= 0) return count;
  const unit = 10n ** BigInt(zeros);
  return (count / unit) * unit;
}
