import type { Sql } from '@ai-bridge/db';

/** How the queue of mails does. */
export interface MailQueueState {
  readonly waiting: number;
  readonly oldestWaitingSeconds: number | null;
  /** Of the last day, given up on. */
  readonly failed: number;
}

interface Row {
  readonly waiting: bigint;
  readonly oldestWaitingSeconds: number | null;
  readonly failed: bigint;
}

const failedHours = 24;

export async function readMailQueueState(sql: Sql, now: Date): Promise<MailQueueState> {
  const [row] = await sql.query<Row>(
    `SELECT count(*) FILTER (WHERE state = 'queued') AS waiting,
            extract(epoch FROM $1::timestamptz - min(created_at) FILTER (WHERE state = 'queued'))::float8 AS "oldestWaitingSeconds",
            count(*) FILTER (WHERE state = 'failed' AND ended_at > $1::timestamptz - $2 * interval '1 hour') AS failed
     FROM mail WHERE state IN ('queued', 'failed')`,
    [now, failedHours],
  );
  if (!row) throw new Error('the queue told nothing of itself');
  return { ...row, waiting: Number(row.waiting), failed: Number(row.failed) };
}
