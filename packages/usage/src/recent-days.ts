import type { Sql } from '@ai-bridge/db';

/** What one model was used for on one UTC day. */
export interface ModelDaySums {
  /** YYYY-MM-DD */
  readonly day: string;
  /** Empty where no known model was asked for. */
  readonly model: string;
  readonly requests: bigint;
  readonly errors: bigint;
  readonly chargeNanoUsd: bigint;
  readonly firstByteMsSum: bigint;
  readonly firstByteCount: bigint;
}

/** An organization's use by UTC day and model, from the day that `from` lies in until now, oldest first. */
export function readRecentDays(
  sql: Sql,
  of: { readonly organizationId: string; readonly from: Date },
): Promise<ModelDaySums[]> {
  return sql.query<ModelDaySums>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day, model, sum(requests)::bigint AS requests, sum(errors)::bigint AS errors,
            sum(charge_nano_usd)::bigint AS "chargeNanoUsd", sum(first_byte_ms_sum)::bigint AS "firstByteMsSum",
            sum(first_byte_count)::bigint AS "firstByteCount"
     FROM usage_daily WHERE organization_id = $1 AND day >= $2::date
     GROUP BY usage_daily.day, model ORDER BY usage_daily.day, model`,
    [of.organizationId, of.from.toISOString().slice(0, 10)],
  );
}
