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

/** Which of these requests are recorded already, however they ended and whatever they cost. */
export async function recordedRequests(sql: Sql, requestIds: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>('SELECT id FROM usage_record WHERE id = ANY($1::text[])', [requestIds]);
  return new Set(rows.map((row) => row.id));
}
