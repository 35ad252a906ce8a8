import type { Sql } from '@ai-bridge/db';

/** What the books took for requests. */
export interface CapturedDays {
  /** Sums per UTC day of their entries, from the day asked for on, oldest first. */
  readonly days: readonly { readonly day: string; readonly amountNanoUsd: bigint }[];
  /** Of all time. */
  readonly totalNanoUsd: bigint;
}

/** What was taken from balances for requests, and what of them the house bore. */
export async function readCapturedDays(sql: Sql, from: Date): Promise<CapturedDays> {
  const days = await sql.query<{ day: string; amountNanoUsd: bigint }>(
    `SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, sum(amount_nano_usd)::bigint AS "amountNanoUsd"
     FROM ledger_entry WHERE kind IN ('capture', 'overrun') AND created_at >= $1 GROUP BY 1 ORDER BY 1`,
    [from],
  );
  const [total] = await sql.query<{ totalNanoUsd: bigint }>(
    `SELECT coalesce(sum(amount_nano_usd), 0)::bigint AS "totalNanoUsd" FROM ledger_entry WHERE kind IN ('capture', 'overrun')`,
  );
  return { days, totalNanoUsd: total?.totalNanoUsd ?? 0n };
}
