import type { Sql } from '@ai-bridge/db';
import type { SettlementRecord } from '@ai-bridge/domain';
import { columnsOf } from './columns.ts';

/**
 * Writes usage records and their daily sums, in one statement.
 * A request id that is already recorded is left as it is, so sending a batch again changes nothing.
 * @returns the ids of those that were new, of which the first in the batch counts; `all` where every record was
 */
export async function recordBatch(
  sql: Sql,
  records: readonly SettlementRecord[],
): Promise<ReadonlySet<string> | 'all'> {
  if (records.length === 0) return 'all';
  const [row] = await sql.query<{ recorded: string[] | null }>(
    `SELECT usage_record_batch($1::json, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) AS recorded`,
    columnsOf(records),
  );
  return row?.recorded ? new Set(row.recorded) : 'all';
}

/** Which of these requests are recorded already, however they ended and whatever they cost. */
export async function recordedRequests(sql: Sql, requestIds: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>('SELECT id FROM usage_record WHERE id = ANY($1::text[])', [requestIds]);
  return new Set(rows.map((row) => row.id));
}
