import { type PrismaSession, sqlOf } from '@ai-bridge/db';
import { stateStaleSeconds } from '../channels/channel-health.ts';

/** A proxy as staff see it. Its URL, which may hold a password, never leaves its seal. */
export interface ProxyView {
  readonly id: string;
  readonly name: string;
  readonly pool: string;
  readonly scheme: string;
  /** host:port */
  readonly host: string;
  readonly enabled: boolean;
  readonly origin: string;
  /** False where any worker cannot get through; undefined where none has tried lately. */
  readonly isHealthy: boolean | undefined;
  /** The longest that any worker measured. */
  readonly latencyMs: number | undefined;
  readonly inFlight: number;
  readonly lastError: string | undefined;
  readonly lastErrorAt: Date | undefined;
}

interface State {
  readonly proxy_id: string;
  readonly is_healthy: boolean;
  readonly latency_ms: number | null;
  readonly in_flight: number;
  readonly last_error: string | null;
  readonly last_error_at: Date | null;
}

/** Every proxy by pool and name, with what workers see of it just now. */
export async function listProxies(session: PrismaSession): Promise<readonly ProxyView[]> {
  const [rows, states] = await Promise.all([
    session.egressProxy.findMany({ orderBy: [{ pool: 'asc' }, { name: 'asc' }] }),
    sqlOf(session).query<State>(
      `SELECT proxy_id, bool_and(is_healthy) AS is_healthy, max(latency_ms)::int AS latency_ms, sum(in_flight)::int AS in_flight,
         (array_agg(last_error ORDER BY last_error_at DESC NULLS LAST))[1] AS last_error, max(last_error_at) AS last_error_at
       FROM egress_state WHERE updated_at > now() - $1 * interval '1 second' GROUP BY proxy_id`,
      [stateStaleSeconds],
    ),
  ]);
  const seen = new Map(states.map((state) => [state.proxy_id, state]));
  return rows.map(({ id, name, pool, scheme, host, enabled, origin }) => {
    const state = seen.get(id);
    return {
      ...{ id, name, pool, scheme, host, enabled, origin },
      isHealthy: state?.is_healthy,
      latencyMs: state?.latency_ms ?? undefined,
      inFlight: state?.in_flight ?? 0,
      lastError: state?.last_error ?? undefined,
      lastErrorAt: state?.last_error_at ?? undefined,
    };
  });
}
