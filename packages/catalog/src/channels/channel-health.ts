import { type PrismaSession, sqlOf } from '@ai-bridge/db';

export type BreakerState = 'closed' | 'open' | 'half_open';

/** A channel as all workers see it together. */
export interface ChannelHealth {
  /** The worst that any worker says. */
  readonly state: BreakerState;
  readonly ejectedUntil: Date | undefined;
  readonly consecutiveFailures: number;
  readonly inFlight: number;
  readonly recentAttempts: number;
  readonly recentFailures: number;
  /** Of the worker that sent it most: medians of several do not add up. */
  readonly firstByteP50Ms: number | undefined;
  readonly firstByteP95Ms: number | undefined;
  /** Of all workers; undefined where the channel has no limits: nobody counts then. */
  readonly requestsLastMinute: number | undefined;
  readonly tokensLastMinute: number | undefined;
  readonly lastError: string | undefined;
  readonly lastErrorAt: Date | undefined;
  /** When the worker that was silent longest said so. */
  readonly seenAt: Date;
}

/** Workers write every 5 s; a row that has stood still for longer is of one that is gone. */
export const stateStaleSeconds = 30;

interface Row {
  readonly channel_id: string;
  readonly state: BreakerState;
  readonly ejected_until: Date | null;
  readonly consecutive_failures: number;
  readonly in_flight: number;
  readonly recent_attempts: number;
  readonly recent_failures: number;
  readonly first_byte_p50_ms: number | null;
  readonly first_byte_p95_ms: number | null;
  readonly requests_last_minute: number | null;
  readonly tokens_last_minute: bigint | null;
  readonly last_error: string | null;
  readonly last_error_at: Date | null;
  readonly updated_at: Date;
}

const severity: Record<BreakerState, number> = { closed: 0, half_open: 1, open: 2 };

/** By channel id. */
export async function readChannelHealth(session: PrismaSession): Promise<ReadonlyMap<string, ChannelHealth>> {
  const rows = await sqlOf(session).query<Row>(
    `SELECT channel_id, state, ejected_until, consecutive_failures, in_flight, recent_attempts, recent_failures,
       first_byte_p50_ms, first_byte_p95_ms, requests_last_minute, tokens_last_minute, last_error, last_error_at, updated_at
     FROM channel_state WHERE updated_at > now() - $1 * interval '1 second'
     ORDER BY recent_attempts DESC, worker_id`,
    [stateStaleSeconds],
  );
  const seen = new Map<string, ChannelHealth>();
  for (const row of rows) {
    const known = seen.get(row.channel_id);
    seen.set(row.channel_id, known ? together(known, healthOf(row)) : healthOf(row));
  }
  return seen;
}

function healthOf(row: Row): ChannelHealth {
  return {
    state: row.state,
    ejectedUntil: row.ejected_until ?? undefined,
    consecutiveFailures: row.consecutive_failures,
    inFlight: row.in_flight,
    recentAttempts: row.recent_attempts,
    recentFailures: row.recent_failures,
    firstByteP50Ms: row.first_byte_p50_ms ?? undefined,
    firstByteP95Ms: row.first_byte_p95_ms ?? undefined,
    requestsLastMinute: row.requests_last_minute ?? undefined,
    tokensLastMinute: row.tokens_last_minute === null ? undefined : Number(row.tokens_last_minute),
    lastError: row.last_error ?? undefined,
    lastErrorAt: row.last_error_at ?? undefined,
    seenAt: row.updated_at,
  };
}

/** Two workers' views as one; `a` is of the worker that sent it more. */
function together(a: ChannelHealth, b: ChannelHealth): ChannelHealth {
  const worse = severity[b.state] > severity[a.state] ? b : a;
  const newer = (b.lastErrorAt?.getTime() ?? 0) > (a.lastErrorAt?.getTime() ?? 0) ? b : a;
  return {
    state: worse.state,
    ejectedUntil: worse.ejectedUntil,
    consecutiveFailures: Math.max(a.consecutiveFailures, b.consecutiveFailures),
    inFlight: a.inFlight + b.inFlight,
    recentAttempts: a.recentAttempts + b.recentAttempts,
    recentFailures: a.recentFailures + b.recentFailures,
    firstByteP50Ms: a.firstByteP50Ms ?? b.firstByteP50Ms,
    firstByteP95Ms: a.firstByteP95Ms ?? b.firstByteP95Ms,
    requestsLastMinute: sumKnown(a.requestsLastMinute, b.requestsLastMinute),
    tokensLastMinute: sumKnown(a.tokensLastMinute, b.tokensLastMinute),
    lastError: newer.lastError,
    lastErrorAt: newer.lastErrorAt,
    seenAt: new Date(Math.min(a.seenAt.getTime(), b.seenAt.getTime())),
  };
}

function sumKnown(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : a + b;
}
