import type { Sql } from '@ai-bridge/db';

/**
 * Writes usage records and their daily sums, in one statement.
 * A request id that is already recorded is left as it is, so sending a batch again changes nothing.
 * @param records JSON array text of SettlementRecord, straight from the journal
 * @returns how many of them were new
 */
export async function recordBatch(sql: Sql, records: string): Promise<{ recorded: number }> {
  const [row] = await sql.query<{ recorded: number }>('SELECT usage_record_batch($1::json) AS recorded', [records]);
  return { recorded: row?.recorded ?? 0 };
}
