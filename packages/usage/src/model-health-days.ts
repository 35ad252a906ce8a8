import type { Sql } from '@ai-bridge/db';

/** What was seen of a model at a provider in one UTC day. Days without traffic have none. */
export interface ModelHealthDay {
  /** YYYY-MM-DD, UTC */
  readonly day: string;
  readonly model: string;
  readonly provider: string;
  readonly requests: number;
  readonly failures: number;
}

interface Row extends Omit<ModelHealthDay, 'requests' | 'failures'> {
  readonly requests: bigint;
  readonly failures: bigint;
}

/** Sums per UTC day of the steps from `from` (inclusive) to `to` (exclusive), days ascending. */
export async function readModelHealthDays(sql: Sql, { from, to }: { from: Date; to: Date }): Promise<ModelHealthDay[]> {
  const rows = await sql.query<Row>(
    `SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, model, provider,
            sum(requests)::BIGINT AS requests, sum(failures)::BIGINT AS failures
     FROM model_health WHERE at >= $1::timestamptz AND at < $2::timestamptz
     GROUP BY day, model, provider ORDER BY day, model, provider`,
    [from, to],
  );
  return rows.map((row) => ({ ...row, requests: Number(row.requests), failures: Number(row.failures) }));
}
