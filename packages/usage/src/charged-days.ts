import type { Sql } from '@ai-bridge/db';

/** What requests were charged, by their own records. */
export interface ChargedDays {
  /** Sums per UTC day that requests began on, from the day asked for on, oldest first. */
  readonly days: readonly { readonly day: string; readonly amountNanoUsd: bigint }[];
  /** Of all time, by the sums per day. */
  readonly totalNanoUsd: bigint;
}

/** What all organizations' requests were charged. */
export async function readChargedDays(sql: Sql, from: Date): Promise<ChargedDays> {
  const days = await sql.query<{ day: string; amountNanoUsd: bigint }>(
    `SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, sum(charge_nano_usd)::bigint AS "amountNanoUsd"
     FROM usage_record WHERE created_at >= $1 GROUP BY 1 ORDER BY 1`,
    [from],
  );
  return { days, totalNanoUsd: await readChargedTotal(sql) };
}

/** What all requests were ever charged, by the sums per day. */
export async function readChargedTotal(sql: Sql): Promise<bigint> {
  const [total] = await sql.query<{ totalNanoUsd: bigint }>(
    'SELECT coalesce(sum(charge_nano_usd), 0)::bigint AS "totalNanoUsd" FROM usage_daily',
  );
  return total?.totalNanoUsd ?? 0n;
}
