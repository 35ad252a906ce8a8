import type { Database } from '@ai-bridge/db';
import type { Proxies } from './proxies.ts';

const publishEveryMs = 5_000;

/** This worker's rows become what it sees now, those of proxies that are gone go; one statement. */
const publish = `
  WITH seen AS (
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS s(
      proxy_id text, is_healthy boolean, latency_ms integer, in_flight integer, last_error text, last_error_at timestamptz)
  ), gone AS (
    DELETE FROM egress_state WHERE worker_id = $1 AND proxy_id NOT IN (SELECT proxy_id FROM seen)
  )
  INSERT INTO egress_state (worker_id, proxy_id, is_healthy, latency_ms, in_flight, last_error, last_error_at, updated_at)
  SELECT $1, proxy_id, is_healthy, latency_ms, in_flight, last_error, last_error_at, now() FROM seen
  ON CONFLICT (worker_id, proxy_id) DO UPDATE SET
    is_healthy = EXCLUDED.is_healthy, latency_ms = EXCLUDED.latency_ms, in_flight = EXCLUDED.in_flight,
    last_error = EXCLUDED.last_error, last_error_at = EXCLUDED.last_error_at, updated_at = EXCLUDED.updated_at`;

export interface PublishDeps {
  readonly database: Database;
  readonly workerId: string;
  readonly proxies: Proxies;
  /** While the database is away nothing is written. */
  isPaused(): boolean;
  onError(error: unknown): void;
}

/** Shows staff how this worker sees each proxy; without proxies it asks nothing of the database. */
export function publishProxyStates({ database, workerId, proxies, isPaused, onError }: PublishDeps) {
  // An earlier life may have left rows that nobody else takes away.
  let mayHaveRows = true;
  let publishing: Promise<void> | undefined;

  async function write(): Promise<void> {
    const states = Array.from(proxies.all(), (proxy) => ({
      proxy_id: proxy.snapshot.id,
      is_healthy: proxy.isWorking,
      latency_ms: proxy.latencyMs ?? null,
      in_flight: proxy.inFlight,
      last_error: proxy.lastError ?? null,
      last_error_at: proxy.lastErrorAtMs === undefined ? null : new Date(proxy.lastErrorAtMs).toISOString(),
    }));
    if (states.length === 0 && !mayHaveRows) return;
    await database.query(publish, [workerId, JSON.stringify(states)]);
    mayHaveRows = states.length > 0;
  }

  const timer = setInterval(() => {
    if (publishing || isPaused()) return;
    publishing = write()
      .catch(onError)
      .finally(() => {
        publishing = undefined;
      });
  }, publishEveryMs);
  timer.unref();
  return {
    /** Takes this worker's rows away. */
    async close(): Promise<void> {
      clearInterval(timer);
      await publishing;
      if (!mayHaveRows || isPaused()) return;
      await database.query('DELETE FROM egress_state WHERE worker_id = $1', [workerId]).catch(onError);
    },
  };
}
