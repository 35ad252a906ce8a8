import type { Sql } from '@ai-bridge/db';
import { readWatermark } from './checkpoint.ts';

/** What the books took for requests. */
export interface CapturedDays {
  /** Sums per UTC day of their entries, from the day asked for on, oldest first. */
  readonly days: readonly { readonly day: string; readonly amountNanoUsd: bigint }[];
  /** Of all time. */
  readonly totalNanoUsd: bigint;
}

/** What was taken from balances for requests, and what of them the house bore. Call it `inOneSnapshot`. */
export async function readCapturedDays(sql: Sql, from: Date): Promise<CapturedDays> {
  const days = await sql.query<{ day: string; amountNanoUsd: bigint }>(
    `SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, sum(amount_nano_usd)::bigint AS "amountNanoUsd"
     FROM ledger_entry WHERE kind IN ('capture', 'overrun') AND created_at >= $1 GROUP BY 1 ORDER BY 1`,
    [from],
  );
  return { days, totalNanoUsd: (await readCapturedTotal(sql)).capturedNanoUsd };
}

/** All that was ever taken for requests, by the checkpoint and the entries since. Call it `inOneSnapshot`. */
export async function readCapturedTotal(sql: Sql): Promise<{ capturedNanoUsd: bigint; entriesRead: bigint }> {
  const since = (await readWatermark(sql)) ?? new Date(0);
  const [row] = await sql.query<{ capturedNanoUsd: bigint; entriesRead: bigint }>(
    `SELECT count(*) AS "entriesRead",
            (coalesce(sum(amount_nano_usd) FILTER (WHERE credit_account = 'house:revenue'), 0)
             + coalesce((SELECT amount_nano_usd FROM ledger_checkpoint WHERE account = 'house:revenue'), 0))::bigint AS "capturedNanoUsd"
     FROM ledger_entry WHERE created_at >= $1::timestamptz`,
    [since],
  );
  if (!row) throw new Error('a sum came without a row');
  return row;
}
