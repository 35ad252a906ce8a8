import { z } from 'zod';
import { parseUsd } from './money.ts';

/** What may be spent in a UTC day and in a UTC month; nano-USD. Undefined: as much as there is. */
export interface SpendLimits {
  readonly perDayNanoUsd: bigint | undefined;
  readonly perMonthNanoUsd: bigint | undefined;
}

/** Far above any use, far below where bigint columns end. */
const maxSpendNanoUsd = 1_000_000_000_000_000n;

export const spendLimitSchema = z.bigint().min(1n).max(maxSpendNanoUsd);

/** A spend limit as a file gives it: USD, exact to the nano-USD. */
const spendUsdSchema = z.union([z.string(), z.number()]).transform((value, context) => {
  const amountNanoUsd = parseUsd(value);
  if (amountNanoUsd !== undefined && spendLimitSchema.safeParse(amountNanoUsd).success) return amountNanoUsd;
  context.addIssue({ code: 'custom', message: 'expected an amount in USD such as 5 or 2.50' });
  return z.NEVER;
});

/** Spend limits as config files write them. */
export const spendUsdShape = {
  spendPerDayUsd: spendUsdSchema.optional(),
  spendPerMonthUsd: spendUsdSchema.optional(),
};
