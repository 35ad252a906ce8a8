import type { Sql } from '@ai-bridge/db';
import type { JournalState, RedisState } from './worker-report.ts';

/** A worker that has not been heard of for this long is not reachable: it reports every few seconds and beats more often. */
const silentSeconds = 15;
/** One that stopped or fell silent longer ago is of no interest any more. */
const shownHours = 24;

/**
 * serving: takes requests; draining: was told to stop and ends what it has; stopped: went down in order; unreachable: was heard of
 * lately and is no more, its machine, its database connection or itself being gone.
 */
export type WorkerState = 'serving' | 'draining' | 'stopped' | 'unreachable';

/** A worker as the database knows it. Ages are by the database's clock. */
export interface WorkerView {
  readonly id: string;
  readonly address: string | null;
  readonly state: WorkerState;
  readonly startedAt: Date;
  readonly heardAt: Date;
  readonly stoppedAt: Date | null;
  /** Its last report; null where it has made none. Of one that is not reachable it is of the time before. */
  readonly report: WorkerReportView | null;
}

export interface WorkerReportView {
  readonly at: Date;
  readonly version: string;
  readonly requestsPerSecond: number;
  readonly requestsOpen: number;
  readonly attemptsOpen: number;
  readonly unsettled: number;
  readonly oldestUnsettledSeconds: number | null;
  readonly deadLetters: number;
  readonly journalBytes: number;
  readonly journalMaxBytes: number;
  readonly journalOldestAt: Date | null;
  readonly journalState: JournalState;
  readonly journalWriteMs: number | null;
  readonly settleMs: number | null;
  readonly redis: RedisState;
  readonly redisMs: number | null;
  readonly memoryBytes: number;
}

interface Row {
  readonly id: string;
  readonly address: string | null;
  readonly started_at: Date;
  readonly heard_at: Date;
  readonly stopped_at: Date | null;
  readonly is_silent: boolean;
  readonly at: Date | null;
  readonly version: string;
  readonly is_draining: boolean | null;
  readonly requests_per_second: number;
  readonly requests_open: number;
  readonly attempts_open: number;
  readonly unsettled: number;
  readonly oldest_unsettled_seconds: number | null;
  readonly dead_letters: number;
  readonly journal_bytes: bigint;
  readonly journal_max_bytes: bigint;
  readonly journal_oldest_at: Date | null;
  readonly journal_state: JournalState;
  readonly journal_write_ms: number | null;
  readonly settle_ms: number | null;
  readonly redis: RedisState;
  readonly redis_ms: number | null;
  readonly memory_bytes: bigint;
}

/** Workers that serve, and those that lately did; the oldest life first. */
export async function listWorkers(sql: Sql): Promise<WorkerView[]> {
  const rows = await sql.query<Row>(
    `SELECT worker.id, address, started_at, greatest(heartbeat_at, report.at) AS heard_at, stopped_at,
            greatest(heartbeat_at, report.at) < now() - $1 * interval '1 second' AS is_silent,
            report.*, extract(epoch FROM report.at - oldest_unsettled_at)::float8 AS oldest_unsettled_seconds
     FROM worker LEFT JOIN worker_report report ON report.worker_id = worker.id AND report.at >= started_at
     WHERE greatest(heartbeat_at, stopped_at) > now() - $2 * interval '1 hour'
     ORDER BY started_at, worker.id`,
    [silentSeconds, shownHours],
  );
  return rows.map((row) => ({
    id: row.id,
    address: row.address,
    state: stateOf(row),
    startedAt: row.started_at,
    heardAt: row.heard_at,
    stoppedAt: row.stopped_at,
    report: row.at === null ? null : reportOf(row, row.at),
  }));
}

function stateOf({ stopped_at, is_silent, is_draining }: Row): WorkerState {
  if (stopped_at !== null) return 'stopped';
  if (is_silent) return 'unreachable';
  return is_draining ? 'draining' : 'serving';
}

function reportOf(row: Row, at: Date): WorkerReportView {
  return {
    at,
    version: row.version,
    requestsPerSecond: row.requests_per_second,
    requestsOpen: row.requests_open,
    attemptsOpen: row.attempts_open,
    unsettled: row.unsettled,
    oldestUnsettledSeconds: row.oldest_unsettled_seconds,
    deadLetters: row.dead_letters,
    journalBytes: Number(row.journal_bytes),
    journalMaxBytes: Number(row.journal_max_bytes),
    journalOldestAt: row.journal_oldest_at,
    journalState: row.journal_state,
    journalWriteMs: row.journal_write_ms,
    settleMs: row.settle_ms,
    redis: row.redis,
    redisMs: row.redis_ms,
    memoryBytes: Number(row.memory_bytes),
  };
}
