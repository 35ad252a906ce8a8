import { type SpendLimits, spendLimitSchema } from '@ai-bridge/domain';
import { z } from 'zod';
import { AccessError } from '../access-error.ts';

export const spendLimitsSchema = z.strictObject({
  perDayNanoUsd: spendLimitSchema.optional(),
  perMonthNanoUsd: spendLimitSchema.optional(),
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
