import type { Sql } from '@ai-bridge/db';
import { batchColumns, type OpenBatch } from './open.ts';

/**
 * Takes batches that are due to be looked at, the longest due first. Whoever takes one has it for `claimMs`; then it is due again, should
 * nothing be written of it. Several workers may take at once: each batch goes to one.
 */
export function claimDueBatches(sql: Sql, of: { limit: number; claimMs: number }): Promise<OpenBatch[]> {
  return sql.query<OpenBatch>(
    `WITH due AS MATERIALIZED (
       SELECT id AS due_id FROM upstream_batch WHERE settled_at IS NULL AND next_poll_at <= now()
       ORDER BY next_poll_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     UPDATE upstream_batch SET next_poll_at = now() + $2::bigint * interval '1 ms' FROM due WHERE id = due_id
     RETURNING ${batchColumns}`,
    [of.limit, of.claimMs],
  );
}

/** What an upstream said of one of its batches. */
export interface BatchWord {
  readonly upstreamId: string;
  readonly status: string;
  readonly outputFileId: string | undefined;
  readonly completedLines: number | undefined;
}

/** Writes down what a poll has brought, and when to look next. */
export async function noteBatch(sql: Sql, of: BatchWord & { id: string; nextPollMs: number }): Promise<void> {
  await sql.query(
    `UPDATE upstream_batch SET status = $2, output_file_id = coalesce($3, output_file_id),
       completed_lines = GREATEST(completed_lines, $4::integer), polled_at = now(), failures = 0, failing_since = NULL,
       next_poll_at = now() + $5::bigint * interval '1 ms'
     WHERE id = $1 AND settled_at IS NULL`,
    [of.id, of.status, of.outputFileId ?? null, of.completedLines ?? 0, of.nextPollMs],
  );
}

/** A poll came to nothing; what was learned on the way (`word`) is kept. */
export async function noteBatchFailure(
  sql: Sql,
  of: { id: string; nextPollMs: number; word: BatchWord | undefined },
): Promise<void> {
  await sql.query(
    `UPDATE upstream_batch SET failures = failures + 1, failing_since = coalesce(failing_since, now()), polled_at = now(),
       status = coalesce($3, status), output_file_id = coalesce($4, output_file_id),
       completed_lines = GREATEST(completed_lines, $5::integer), next_poll_at = now() + $2::bigint * interval '1 ms'
     WHERE id = $1 AND settled_at IS NULL`,
    [of.id, of.nextPollMs, of.word?.status ?? null, of.word?.outputFileId ?? null, of.word?.completedLines ?? 0],
  );
}

/**
 * What a client is about to learn of its organization's batch: where its output is, is known here first, and then looked at soon. Clients ask
 * often, so nothing is written that is known.
 */
export async function noteSeenBatch(
  sql: Sql,
  of: { organizationId: string; channelId: string; word: BatchWord },
): Promise<void> {
  if (of.word.outputFileId === undefined) return;
  await sql.query(
    `UPDATE upstream_batch SET output_file_id = $4, next_poll_at = LEAST(next_poll_at, now())
     WHERE organization_id = $1 AND settled_at IS NULL AND channel_id = $2 AND upstream_id = $3
       AND output_file_id IS DISTINCT FROM $4`,
    [of.organizationId, of.channelId, of.word.upstreamId, of.word.outputFileId],
  );
}

/** Which of these batches of a channel are known to be somebody's. */
export async function knownBatches(
  sql: Sql,
  of: { channelId: string; upstreamIds: readonly string[] },
): Promise<Set<string>> {
  const rows = await sql.query<{ upstreamId: string }>(
    `SELECT upstream_id AS "upstreamId" FROM upstream_batch WHERE channel_id = $1 AND upstream_id = ANY ($2::text[])`,
    [of.channelId, of.upstreamIds],
  );
  return new Set(rows.map((row) => row.upstreamId));
}

/** Marks a batch settled; to be called in the transaction that charges for it. @returns false where it was settled before */
export async function closeBatch(sql: Sql, of: { id: string; status: string }): Promise<boolean> {
  const rows = await sql.query(
    'UPDATE upstream_batch SET status = $2, settled_at = now() WHERE id = $1 AND settled_at IS NULL RETURNING id',
    [of.id, of.status],
  );
  return rows.length > 0;
}
