import type { Database } from '@ai-bridge/db';

/** What the rows are about; the measuring side goes by the same. */
export const seeded = {
  /** Has seven of ten requests. */
  organizationId: 'org_bench_0',
  /** The moment after the last request. */
  end: '2026-11-21T00:00:00.000Z',
  days: 90,
} as const;

/** Rows that one statement writes: it happens whole or not at all. */
const chunkRows = 20_000;

/**
 * Fills usage_record by SQL, and the sums by its trigger, as settlement does. What is there already stays, so an interrupted run is gone on
 * with.
 * @param rows how many there are in the end, spread evenly over the days
 * @param onChunk told after each statement
 * @returns how many rows were added
 */
export async function seedUsage(database: Database, rows: number, onChunk: (done: number) => void): Promise<number> {
  await database.query(peopleAndKeys);
  let added = 0;
  for (let first = 0; first < rows; first += chunkRows) {
    const last = Math.min(rows, first + chunkRows) - 1;
    const [there] = await database.query('SELECT FROM usage_record WHERE id = $1', [requestId(last)]);
    if (there) continue;
    await database.query(someRequests, [first, last, rows]);
    added += last - first + 1;
    onChunk(last + 1);
  }
  if (added > 0) await database.query('VACUUM (ANALYZE) usage_record, usage_hourly, usage_daily, api_key');
  return added;
}

function requestId(row: number): string {
  return `req_bench_${String(row).padStart(9, '0')}`;
}

/** 50 organizations; the first has 200 keys that 12 members made, the others have 5 each. */
const peopleAndKeys = `
  WITH organizations AS (
    INSERT INTO organization (id, name)
    SELECT 'org_bench_' || n, 'Bench ' || n FROM generate_series(0, 49) n
    ON CONFLICT (id) DO NOTHING
  ), people AS (
    INSERT INTO "user" (id, email, name)
    SELECT 'usr_bench_' || n, 'bench-' || n || '@example.com', 'Member ' || n FROM generate_series(0, 11) n
    ON CONFLICT (id) DO NOTHING
  )
  INSERT INTO api_key (id, organization_id, created_by_user_id, name, digest, prefix, last4)
  SELECT 'key_bench_' || o || '_' || k, 'org_bench_' || o, CASE WHEN o = 0 THEN 'usr_bench_' || k % 12 END, 'Key ' || k,
    sha256(('key ' || o || ' ' || k)::bytea), 'ab-bench', lpad(k::text, 4, '0')
  FROM generate_series(0, 49) o, LATERAL generate_series(0, CASE WHEN o = 0 THEN 199 ELSE 4 END) k
  ON CONFLICT (id) DO NOTHING`;

/** A number from 0 to 1 that looks drawn, and is the same for the same row. */
const draw = (salt: number) => `((hashint8extended(n, ${salt}) & 1048575) / 1048576.0::float8)`;

/**
 * Few keys have most requests, each key has its three models, each model its provider and seldom another. One request in 50,000 has a key
 * and a model that nearly nobody uses: what is hard to find.
 */
const someRequests = `
  INSERT INTO usage_record (
    id, organization_id, api_key_id, created_at, outcome, endpoint, client_protocol, upstream_protocol, stream,
    model_requested, model_used, provider, channel_id, price_id, input, cache_read, cache_write_5m, cache_write_1h,
    output, reasoning, usage_source, charge_nano_usd, status, error_code, first_byte_ms, duration_ms
  )
  SELECT
    'req_bench_' || lpad(n::text, 9, '0'), 'org_bench_' || o, 'key_bench_' || o || '_' || k, at, outcome, '/v1/messages',
    'anthropic-messages', CASE WHEN outcome <> 'rejected' THEN 'anthropic-messages' END, n % 4 <> 0,
    'model-' || m, CASE WHEN outcome <> 'rejected' THEN 'model-' || m END,
    CASE WHEN outcome <> 'rejected' THEN 'provider-' || CASE WHEN ${draw(5)} < 0.03 THEN m + 1 ELSE m END % 5 END,
    'chn_' || m % 5, 'prc_' || m, (${draw(6)} * 4000)::bigint, (${draw(7)} * 60000)::bigint, (${draw(8)} * 2000)::bigint, 0,
    (${draw(9)} * 1500)::bigint, (${draw(10)} * 300)::bigint, 'reported',
    CASE WHEN outcome = 'rejected' THEN 0 ELSE (${draw(11)} * 90000000)::bigint END,
    CASE outcome WHEN 'rejected' THEN 429 WHEN 'failed' THEN 502 ELSE 200 END,
    CASE outcome WHEN 'rejected' THEN 'rate_limited' WHEN 'failed' THEN 'overloaded' END,
    CASE WHEN outcome <> 'rejected' THEN (200 + ${draw(12)} * 3000)::int END, (300 + ${draw(13)} * 30000)::int
  FROM (
    SELECT n, o, CASE WHEN is_rare THEN 199 WHEN o = 0 THEN floor(198 * power(${draw(2)}, 3))::int ELSE n % 5 END AS k,
      CASE WHEN is_rare THEN 99
        ELSE (o + 7 * (CASE WHEN o = 0 THEN floor(198 * power(${draw(2)}, 3))::int ELSE n % 5 END)
          + floor(3 * power(${draw(3)}, 2))::int) % 24 END AS m,
      '${seeded.end}'::timestamptz - interval '${seeded.days} days' * (1 - (n + 0.5) / $3::float8) AS at,
      CASE WHEN ${draw(4)} < 0.965 THEN 'completed' WHEN ${draw(4)} < 0.975 THEN 'client_left'
        WHEN ${draw(4)} < 0.98 THEN 'upstream_broke' WHEN ${draw(4)} < 0.99 THEN 'failed'
        WHEN ${draw(4)} < 0.992 THEN 'interrupted' ELSE 'rejected' END AS outcome
    FROM (
      SELECT n, n % 50000 = 777 AS is_rare,
        CASE WHEN n % 50000 = 777 OR ${draw(1)} < 0.7 THEN 0 ELSE 1 + n % 49 END AS o
      FROM generate_series($1::bigint, $2::bigint) n
    ) drawn
  ) request`;
