import type { Sql } from '@ai-bridge/db';

/** Requests of one minute, of all workers. */
export interface RequestMinute {
  /** Its start. */
  readonly at: Date;
  readonly requests: number;
  readonly succeeded: number;
  readonly refused: number;
  readonly failed: number;
}

interface Row {
  readonly at: Date;
  readonly requests: bigint;
  readonly succeeded: bigint;
  readonly refused: bigint;
  readonly failed: bigint;
}

/** The last minutes, the one under way last; those without requests too, so that a chart has no holes. */
export async function readRequestMinutes(sql: Sql, minutes: number): Promise<RequestMinute[]> {
  const rows = await sql.query<Row>(
    `SELECT series.at, coalesce(sum(requests), 0)::bigint AS requests, coalesce(sum(succeeded), 0)::bigint AS succeeded,
            coalesce(sum(refused), 0)::bigint AS refused, coalesce(sum(failed), 0)::bigint AS failed
     FROM generate_series(
       date_trunc('minute', now()) - ($1::integer - 1) * interval '1 minute', date_trunc('minute', now()), interval '1 minute'
     ) AS series (at)
     LEFT JOIN worker_minute minute ON minute.at = series.at
     GROUP BY series.at ORDER BY series.at`,
    [minutes],
  );
  return rows.map(({ at, requests, succeeded, refused, failed }) => ({
    at,
    requests: Number(requests),
    succeeded: Number(succeeded),
    refused: Number(refused),
    failed: Number(failed),
  }));
}
