import type { Sql } from '@ai-bridge/db';

/** What one worker sees of a channel just now. */
export interface ChannelState {
  readonly channelId: string;
  readonly state: 'closed' | 'open' | 'half_open';
  readonly ejectedUntil: Date | undefined;
  readonly consecutiveFailures: number;
  readonly inFlight: number;
  readonly recentAttempts: number;
  readonly recentFailures: number;
  readonly firstByteP50Ms: number | undefined;
  readonly firstByteP95Ms: number | undefined;
  /** What this worker sent of late; undefined: the channel has no limits, so nobody counts. */
  readonly requestsLastMinute: number | undefined;
  readonly tokensLastMinute: number | undefined;
  /** For staff: no secrets, no bodies. */
  readonly lastError: string | undefined;
  readonly lastErrorAt: Date | undefined;
}

/** Makes a worker's rows exactly these, in one statement. */
export async function writeChannelStates(sql: Sql, workerId: string, states: readonly ChannelState[]): Promise<void> {
  await sql.query(
    `WITH seen AS (
       SELECT * FROM json_to_recordset($2::json) AS state (
         "channelId" TEXT, state TEXT, "ejectedUntil" TIMESTAMPTZ, "consecutiveFailures" INTEGER, "inFlight" INTEGER,
         "recentAttempts" INTEGER, "recentFailures" INTEGER, "firstByteP50Ms" INTEGER, "firstByteP95Ms" INTEGER,
         "requestsLastMinute" INTEGER, "tokensLastMinute" BIGINT, "lastError" TEXT, "lastErrorAt" TIMESTAMPTZ
       )
     ),
     gone AS (
       DELETE FROM channel_state WHERE worker_id = $1 AND channel_id NOT IN (SELECT "channelId" FROM seen)
     )
     INSERT INTO channel_state (
       worker_id, channel_id, state, ejected_until, consecutive_failures, in_flight, recent_attempts, recent_failures,
       first_byte_p50_ms, first_byte_p95_ms, requests_last_minute, tokens_last_minute, last_error, last_error_at, updated_at
     )
     SELECT $1, "channelId", state, "ejectedUntil", "consecutiveFailures", "inFlight", "recentAttempts",
            "recentFailures", "firstByteP50Ms", "firstByteP95Ms", "requestsLastMinute", "tokensLastMinute", "lastError", "lastErrorAt", now()
     FROM seen
     ON CONFLICT (worker_id, channel_id) DO UPDATE SET
       state = excluded.state, ejected_until = excluded.ejected_until,
       consecutive_failures = excluded.consecutive_failures, in_flight = excluded.in_flight,
       recent_attempts = excluded.recent_attempts, recent_failures = excluded.recent_failures,
       first_byte_p50_ms = excluded.first_byte_p50_ms, first_byte_p95_ms = excluded.first_byte_p95_ms,
       requests_last_minute = excluded.requests_last_minute, tokens_last_minute = excluded.tokens_last_minute,
       last_error = excluded.last_error, last_error_at = excluded.last_error_at, updated_at = excluded.updated_at`,
    [workerId, JSON.stringify(states)],
  );
}
