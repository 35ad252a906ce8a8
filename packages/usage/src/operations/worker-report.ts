import type { Sql } from '@ai-bridge/db';

export type JournalState = 'open' | 'full' | 'failed';
/** Whether a worker shares state by Redis, and whether that answers. */
export type RedisState = 'unused' | 'reachable' | 'away';

/** What a worker says of itself. Ages are told instead of times, so that nobody's clock but the database's matters. */
export interface WorkerReport {
  readonly version: string;
  /** It was told to stop. */
  readonly isDraining: boolean;
  /** Since the last report. */
  readonly requestsPerSecond: number;
  /** Client requests under way. */
  readonly requestsOpen: number;
  /** Upstream calls under way. */
  readonly attemptsOpen: number;
  /** Outcomes that are not in Postgres yet. */
  readonly unsettled: number;
  readonly oldestUnsettledMs: number | undefined;
  readonly deadLetters: number;
  readonly journalBytes: number;
  readonly journalMaxBytes: number;
  /** How long ago the oldest file that is kept was begun. */
  readonly journalOldestMs: number | undefined;
  readonly journalState: JournalState;
  /** What a durable write took, on average since the last report. */
  readonly journalWriteMs: number | undefined;
  /** What the last batch took into Postgres. */
  readonly settleMs: number | undefined;
  readonly redis: RedisState;
  readonly redisMs: number | undefined;
  readonly memoryBytes: number;
}

/** Requests since the last report, by how they ended: those still open are in `requests` alone. */
export interface RequestCounts {
  readonly requests: number;
  readonly succeeded: number;
  /** 4xx */
  readonly refused: number;
  /** 5xx, or no answer. */
  readonly failed: number;
}

/** Minutes that are kept: the chart shows an hour of them. */
const keptMinutes = 180;

/** Puts a worker's report in the place of its last one and adds the requests to the minute that it is, in one statement. */
export async function writeWorkerReport(
  sql: Sql,
  workerId: string,
  report: WorkerReport,
  counts: RequestCounts,
): Promise<void> {
  await sql.query(
    `WITH told AS (
       SELECT * FROM json_to_record($2::json) AS one (
         version TEXT, "isDraining" BOOLEAN, "requestsPerSecond" DOUBLE PRECISION, "requestsOpen" INTEGER, "attemptsOpen" INTEGER,
         unsettled INTEGER, "oldestUnsettledMs" DOUBLE PRECISION, "deadLetters" INTEGER, "journalBytes" BIGINT,
         "journalMaxBytes" BIGINT, "journalOldestMs" DOUBLE PRECISION, "journalState" TEXT, "journalWriteMs" DOUBLE PRECISION,
         "settleMs" DOUBLE PRECISION, redis TEXT, "redisMs" DOUBLE PRECISION, "memoryBytes" BIGINT
       )
     ),
     counted AS (
       INSERT INTO worker_minute AS minute (worker_id, at, requests, succeeded, refused, failed)
       VALUES ($1, date_trunc('minute', now()), $3, $4, $5, $6)
       ON CONFLICT (worker_id, at) DO UPDATE SET
         requests = minute.requests + excluded.requests, succeeded = minute.succeeded + excluded.succeeded,
         refused = minute.refused + excluded.refused, failed = minute.failed + excluded.failed
     ),
     forgotten AS (
       DELETE FROM worker_minute WHERE at < now() - $7 * interval '1 minute'
     )
     INSERT INTO worker_report (
       worker_id, at, version, is_draining, requests_per_second, requests_open, attempts_open, unsettled, oldest_unsettled_at,
       dead_letters, journal_bytes, journal_max_bytes, journal_oldest_at, journal_state, journal_write_ms, settle_ms, redis,
       redis_ms, memory_bytes
     )
     SELECT $1, now(), version, "isDraining", "requestsPerSecond", "requestsOpen", "attemptsOpen", unsettled,
            now() - "oldestUnsettledMs" * interval '1 ms', "deadLetters", "journalBytes", "journalMaxBytes",
            now() - "journalOldestMs" * interval '1 ms', "journalState", "journalWriteMs", "settleMs", redis, "redisMs",
            "memoryBytes"
     FROM told
     ON CONFLICT (worker_id) DO UPDATE SET
       at = excluded.at, version = excluded.version, is_draining = excluded.is_draining,
       requests_per_second = excluded.requests_per_second, requests_open = excluded.requests_open,
       attempts_open = excluded.attempts_open, unsettled = excluded.unsettled,
       oldest_unsettled_at = excluded.oldest_unsettled_at, dead_letters = excluded.dead_letters,
       journal_bytes = excluded.journal_bytes, journal_max_bytes = excluded.journal_max_bytes,
       journal_oldest_at = excluded.journal_oldest_at, journal_state = excluded.journal_state,
       journal_write_ms = excluded.journal_write_ms, settle_ms = excluded.settle_ms, redis = excluded.redis,
       redis_ms = excluded.redis_ms, memory_bytes = excluded.memory_bytes`,
    [workerId, JSON.stringify(report), counts.requests, counts.succeeded, counts.refused, counts.failed, keptMinutes],
  );
}
