import type { Sql } from '@ai-bridge/db';

/** What the requests of some days and models were charged and what they cost, of all organizations. */
export interface Earnings {
  readonly chargeNanoUsd: bigint;
  /** Of the requests whose cost is known. */
  readonly costNanoUsd: bigint;
  /** What was charged by sums of requests of which none has a known cost: part of `chargeNanoUsd`, set against no cost. */
  readonly uncostedNanoUsd: bigint;
}

export interface ModelDay extends Earnings {
  /** YYYY-MM-DD, UTC */
  readonly day: string;
  /** Empty where no known model was asked for. */
  readonly model: string;
}

/** Earnings per UTC day and model from the day on that `from` lies in, days ascending. Those with neither charge nor cost are left out. */
export function readModelDays(sql: Sql, from: Date): Promise<ModelDay[]> {
  return sql.query<ModelDay>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day, model, sum(charge_nano_usd)::bigint AS "chargeNanoUsd",
            coalesce(sum(cost_nano_usd), 0)::bigint AS "costNanoUsd",
            coalesce(sum(charge_nano_usd) FILTER (WHERE cost_nano_usd IS NULL), 0)::bigint AS "uncostedNanoUsd"
     FROM usage_daily WHERE day >= $1::date
     GROUP BY usage_daily.day, model HAVING sum(charge_nano_usd) > 0 OR sum(cost_nano_usd) > 0
     ORDER BY usage_daily.day, model`,
    [from.toISOString().slice(0, 10)],
  );
}
