import type { Sql } from '@ai-bridge/db';

/** How the inbox of a payment provider's events does. */
export interface InboxState {
  /** When the last event came in; null: none ever did. */
  readonly lastReceivedAt: Date | null;
  /** How long that one took from the provider to us. */
  readonly lastLagSeconds: number | null;
  /** Events that are not applied yet. */
  readonly waiting: number;
  readonly oldestWaitingSeconds: number | null;
  /** Events that could not be applied, however often it was tried. */
  readonly failed: number;
}

interface Row extends Omit<InboxState, 'waiting' | 'failed'> {
  readonly waiting: bigint;
  readonly failed: bigint;
}

/** @param provider such as stripe */
export async function readInboxState(sql: Sql, provider: string): Promise<InboxState> {
  const [row] = await sql.query<Row>(
    `SELECT last.received_at AS "lastReceivedAt",
            extract(epoch FROM last.received_at - last.occurred_at)::float8 AS "lastLagSeconds",
            waiting.count AS waiting, extract(epoch FROM now() - waiting.since)::float8 AS "oldestWaitingSeconds",
            (SELECT count(*) FROM payment_event WHERE provider = $1 AND state = 'failed') AS failed
     FROM (SELECT count(*) AS count, min(received_at) AS since FROM payment_event WHERE provider = $1 AND state = 'received') waiting
     LEFT JOIN LATERAL (
       SELECT received_at, occurred_at FROM payment_event WHERE provider = $1 ORDER BY received_at DESC LIMIT 1
     ) last ON true`,
    [provider],
  );
  if (!row) throw new Error('the inbox told nothing of itself');
  return { ...row, waiting: Number(row.waiting), failed: Number(row.failed) };
}
