import { z } from 'zod';
import { AccessError } from '../access-error.ts';
import type { SpendLimits } from '../caller.ts';

/** A million dollars: more is a slip of the hand. */
const maxSpendNanoUsd = 1_000_000n * 1_000_000_000n;
const amount = z.bigint().min(1n).max(maxSpendNanoUsd);

export const spendLimitsSchema = z.strictObject({
  perDayNanoUsd: amount.optional(),
  perMonthNanoUsd: amount.optional(),
});

/** Spend limits as columns. Throws AccessError('settings_invalid'). */
export function spendColumns(limits: z.input<typeof spendLimitsSchema>) {
  const checked = spendLimitsSchema.safeParse(limits);
  if (!checked.success) throw new AccessError('settings_invalid', 'expected amounts above zero', 'limits');
  const { perDayNanoUsd, perMonthNanoUsd } = checked.data;
  return { spendPerDayNanoUsd: perDayNanoUsd ?? null, spendPerMonthNanoUsd: perMonthNanoUsd ?? null };
}

/** The same as a row keeps them. */
export function spendLimitsOf(row: {
  readonly spendPerDayNanoUsd: bigint | null;
  readonly spendPerMonthNanoUsd: bigint | null;
}): SpendLimits {
  return {
    perDayNanoUsd: row.spendPerDayNanoUsd ?? undefined,
    perMonthNanoUsd: row.spendPerMonthNanoUsd ?? undefined,
  };
}
