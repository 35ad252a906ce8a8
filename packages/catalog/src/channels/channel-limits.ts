import { limitsSchema, spendLimitSchema, spendUsdShape } from '@ai-bridge/domain';
import { z } from 'zod';

/** What the operator's account with an upstream allows of a channel. Undefined: no limit of that kind. */
export interface ChannelLimits {
  /** Requests under way at once. */
  readonly concurrency?: number | undefined;
  /** Requests per minute. */
  readonly rpm?: number | undefined;
  /** Tokens per minute, in and out together. */
  readonly tpm?: number | undefined;
  /** What its requests may cost the operator in a UTC day, and in a UTC month. */
  readonly spendPerDayNanoUsd?: bigint | undefined;
  readonly spendPerMonthNanoUsd?: bigint | undefined;
}

const { concurrency, rpm, itpm: tpm } = limitsSchema.shape;
const rates = z.strictObject({ concurrency, rpm, tpm });

/** Limits as forms give them. */
export const channelLimitsSchema = rates.extend({
  spendPerDayNanoUsd: spendLimitSchema.optional(),
  spendPerMonthNanoUsd: spendLimitSchema.optional(),
});

/** The same as config files write them, with amounts in USD. */
export const channelLimitsConfigSchema = rates
  .extend(spendUsdShape)
  .transform(({ spendPerDayUsd, spendPerMonthUsd, ...others }): ChannelLimits => {
    return { ...others, spendPerDayNanoUsd: spendPerDayUsd, spendPerMonthNanoUsd: spendPerMonthUsd };
  });

/** How limits stand in a channel's row. */
export interface LimitColumns {
  /** { concurrency?, rpm?, tpm? } */
  readonly limits: Record<string, number>;
  readonly spendPerDayNanoUsd: bigint | null;
  readonly spendPerMonthNanoUsd: bigint | null;
}

export function limitColumns(limits: ChannelLimits): LimitColumns {
  const { spendPerDayNanoUsd, spendPerMonthNanoUsd, ...perMinute } = limits;
  const set = Object.entries(perMinute).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return {
    limits: Object.fromEntries(set),
    spendPerDayNanoUsd: spendPerDayNanoUsd ?? null,
    spendPerMonthNanoUsd: spendPerMonthNanoUsd ?? null,
  };
}

/** The limits that are set, as the audit log keeps them of a new channel. */
export function limitDetail({ limits, spendPerDayNanoUsd, spendPerMonthNanoUsd }: LimitColumns) {
  return {
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(spendPerDayNanoUsd !== null && { spendPerDayNanoUsd: spendPerDayNanoUsd.toString() }),
    ...(spendPerMonthNanoUsd !== null && { spendPerMonthNanoUsd: spendPerMonthNanoUsd.toString() }),
  };
}

/** The limits that a row sets; undefined where it sets none. What cannot be read of it counts as none: the schema guards the way in. */
export function limitsOfColumns(row: {
  readonly limits: unknown;
  readonly spendPerDayNanoUsd: bigint | null;
  readonly spendPerMonthNanoUsd: bigint | null;
}): ChannelLimits | undefined {
  const parsed = rates.safeParse(row.limits);
  const limits: ChannelLimits = {
    ...(parsed.success ? parsed.data : {}),
    ...(row.spendPerDayNanoUsd !== null && { spendPerDayNanoUsd: row.spendPerDayNanoUsd }),
    ...(row.spendPerMonthNanoUsd !== null && { spendPerMonthNanoUsd: row.spendPerMonthNanoUsd }),
  };
  return Object.keys(limits).length === 0 ? undefined : limits;
}
