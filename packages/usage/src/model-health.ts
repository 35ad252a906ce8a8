import type { Sql } from '@ai-bridge/db';
import { firstByteQuantile } from './first-byte.ts';

/** How long a step of model_health is. */
export const modelHealthStepMs = 300_000;

/** What was seen of one model at one provider in one step: attempts, not requests, so that a provider's failures show though another helped out. */
export interface ModelHealthSums {
  /** Start of the step. */
  readonly at: Date;
  readonly model: string;
  readonly provider: string;
  readonly requests: number;
  readonly failures: number;
  /** By firstByteStep. */
  readonly firstByteCounts: readonly number[];
}

/** Adds sums to what is stored, all in one statement. */
export async function addModelHealth(sql: Sql, sums: readonly ModelHealthSums[]): Promise<void> {
  if (sums.length === 0) return;
  await sql.query(
    `INSERT INTO model_health AS stored (at, model, provider, requests, failures, first_byte_counts)
     SELECT at, model, provider, requests, failures, "firstByteCounts"
     FROM json_to_recordset($1::json) AS added (
       at TIMESTAMPTZ, model TEXT, provider TEXT, requests BIGINT, failures BIGINT, "firstByteCounts" BIGINT[]
     )
     ORDER BY at, model, provider
     ON CONFLICT (at, model, provider) DO UPDATE SET
       requests = stored.requests + excluded.requests,
       failures = stored.failures + excluded.failures,
       first_byte_counts = (
         SELECT array_agg(coalesce(a, 0) + coalesce(b, 0) ORDER BY step)
         FROM unnest(stored.first_byte_counts, excluded.first_byte_counts) WITH ORDINALITY AS pair (a, b, step)
       )`,
    [JSON.stringify(sums)],
  );
}

/** How a model did at a provider over a stretch of time. */
export interface ModelHealth {
  readonly model: string;
  readonly provider: string;
  readonly requests: number;
  readonly failures: number;
  /** Share of the requests that did not fail, 0 to 1. */
  readonly availability: number;
  /** Undefined where nothing was answered. */
  readonly firstByteP50Ms: number | undefined;
  readonly firstByteP95Ms: number | undefined;
}

interface Row {
  readonly model: string;
  readonly provider: string;
  readonly requests: bigint;
  readonly failures: bigint;
  readonly counts: readonly (bigint | number | string)[] | null;
}

/** Every model at every provider that had traffic in steps from `from` (inclusive) to `to` (exclusive), by model and provider. */
export async function readModelHealth(sql: Sql, { from, to }: { from: Date; to: Date }): Promise<ModelHealth[]> {
  const rows = await sql.query<Row>(
    `WITH steps AS (
       SELECT * FROM model_health WHERE at >= $1::timestamptz AND at < $2::timestamptz
     ),
     counts AS (
       SELECT model, provider, step, sum(count)::BIGINT AS count
       FROM steps, unnest(first_byte_counts) WITH ORDINALITY AS one (count, step)
       GROUP BY model, provider, step
     )
     SELECT model, provider, sum(requests)::BIGINT AS requests, sum(failures)::BIGINT AS failures,
            (SELECT array_agg(c.count ORDER BY c.step) FROM counts c
             WHERE c.model = steps.model AND c.provider = steps.provider) AS counts
     FROM steps GROUP BY model, provider ORDER BY model, provider`,
    [from, to],
  );
  return rows.map(({ model, provider, requests, failures, counts }) => {
    const steps = (counts ?? []).map(Number);
    return {
      model,
      provider,
      requests: Number(requests),
      failures: Number(failures),
      availability: requests === 0n ? 1 : Number(requests - failures) / Number(requests),
      firstByteP50Ms: firstByteQuantile(steps, 0.5),
      firstByteP95Ms: firstByteQuantile(steps, 0.95),
    };
  });
}

/** Drops steps that nobody looks at any more. */
export async function forgetModelHealth(sql: Sql, before: Date): Promise<void> {
  await sql.query('DELETE FROM model_health WHERE at < $1::timestamptz', [before]);
}
