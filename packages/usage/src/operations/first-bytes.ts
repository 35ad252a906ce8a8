import type { Sql } from '@ai-bridge/db';
import { firstByteQuantile } from '../first-byte.ts';

/** How soon answers began, of all models together. */
export interface FirstBytes {
  readonly answers: number;
  /** Undefined where nothing was answered. */
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
}

/** Of the steps that begin at `from` or later. */
export async function readFirstBytes(sql: Sql, from: Date): Promise<FirstBytes> {
  const rows = await sql.query<{ step: bigint; count: bigint }>(
    `SELECT step, sum(count)::bigint AS count
     FROM model_health, unnest(first_byte_counts) WITH ORDINALITY AS one (count, step)
     WHERE at >= $1::timestamptz GROUP BY step ORDER BY step`,
    [from],
  );
  const counts: number[] = [];
  for (const { step, count } of rows) counts[Number(step) - 1] = Number(count);
  const filled = Array.from(counts, (count) => count ?? 0);
  return {
    answers: filled.reduce((sum, count) => sum + count, 0),
    p50Ms: firstByteQuantile(filled, 0.5),
    p95Ms: firstByteQuantile(filled, 0.95),
  };
}
