import type { Sql } from '@ai-bridge/db';
import type { Protocol } from '@ai-bridge/domain';

/** What is known of a batch before its upstream hears of it. */
export interface NewBatch {
  /** The id of the request that creates it. */
  readonly id: string;
  readonly organizationId: string;
  readonly apiKeyId: string;
  readonly channelId: string;
  readonly provider: string;
  /** The public id of the model of all its lines. */
  readonly model: string;
  readonly priceId: string;
  /** Of the group that its key was in. */
  readonly multiplierBasisPoints: number;
  /** Which multiplier that is; null where it is list price. */
  readonly groupId: string | null;
  readonly multiplierVersion: number | null;
  /** What its lines speak. */
  readonly protocol: Protocol;
  readonly inputFileId: string;
  readonly lineCount: number;
  /** Prompt tokens that all lines together surely have. */
  readonly certainPromptTokens: bigint;
  /** Prompt tokens that any one line surely has. */
  readonly leastLineTokens: bigint;
  readonly holdNanoUsd: bigint;
  readonly createdAt: Date;
}

/** A batch that has not been charged yet. */
export interface OpenBatch extends NewBatch {
  /** The upstream's own id; null until its creation is known to have succeeded. */
  readonly upstreamId: string | null;
  /** The upstream's last word; creating before its first. */
  readonly status: string;
  readonly outputFileId: string | null;
  readonly completedLines: number;
  /** Polls that came to nothing since the last one that did not. */
  readonly failures: number;
  readonly failingSince: Date | null;
}

export const batchColumns = `
  id, organization_id AS "organizationId", api_key_id AS "apiKeyId", channel_id AS "channelId", provider, model,
  price_id AS "priceId", multiplier_basis_points AS "multiplierBasisPoints",
  group_id AS "groupId", multiplier_version AS "multiplierVersion", protocol, input_file_id AS "inputFileId", line_count AS "lineCount",
  certain_prompt_tokens AS "certainPromptTokens", least_line_tokens AS "leastLineTokens", hold_nano_usd AS "holdNanoUsd",
  created_at AS "createdAt", upstream_id AS "upstreamId", status, output_file_id AS "outputFileId",
  completed_lines AS "completedLines", failures, failing_since AS "failingSince"`;

/**
 * Writes down a batch that is about to be created, before the upstream is asked.
 * @param firstPollMs after so long somebody looks whether it came to be, should its creator not tell
 */
export async function insertBatch(sql: Sql, batch: NewBatch, firstPollMs: number): Promise<void> {
  await sql.query(
    `INSERT INTO upstream_batch (id, organization_id, api_key_id, channel_id, provider, model, price_id, protocol, input_file_id,
       line_count, certain_prompt_tokens, least_line_tokens, hold_nano_usd, created_at, next_poll_at,
       multiplier_basis_points, group_id, multiplier_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, now() + $15::bigint * interval '1 ms', $16, $17, $18)`,
    [
      batch.id,
      batch.organizationId,
      batch.apiKeyId,
      batch.channelId,
      batch.provider,
      batch.model,
      batch.priceId,
      batch.protocol,
      batch.inputFileId,
      batch.lineCount,
      batch.certainPromptTokens,
      batch.leastLineTokens,
      batch.holdNanoUsd,
      batch.createdAt,
      firstPollMs,
      batch.multiplierBasisPoints,
      batch.groupId,
      batch.multiplierVersion,
    ],
  );
}

/**
 * The upstream has created it. @returns false where it is confirmed already, or settled.
 * @param of.nextPollMs when to look at it next
 */
export async function confirmBatch(
  sql: Sql,
  of: { id: string; upstreamId: string; status: string; nextPollMs: number },
): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE upstream_batch SET upstream_id = $2, status = $3, next_poll_at = now() + $4::bigint * interval '1 ms',
       failures = 0, failing_since = NULL
     WHERE id = $1 AND upstream_id IS NULL AND settled_at IS NULL RETURNING id`,
    [of.id, of.upstreamId, of.status, of.nextPollMs],
  );
  return rows.length > 0;
}

/** The upstream has refused it: it never was. @returns false where it was confirmed or settled meanwhile */
export async function dropBatch(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query(
    'DELETE FROM upstream_batch WHERE id = $1 AND upstream_id IS NULL AND settled_at IS NULL RETURNING id',
    [id],
  );
  return rows.length > 0;
}

/** An organization's batch by its creating request, while it is not settled. */
export async function findOpenBatch(
  sql: Sql,
  of: { organizationId: string; id: string },
): Promise<OpenBatch | undefined> {
  const [batch] = await sql.query<OpenBatch>(
    `SELECT ${batchColumns} FROM upstream_batch WHERE id = $1 AND organization_id = $2 AND settled_at IS NULL`,
    [of.id, of.organizationId],
  );
  return batch;
}

/** Whether a file is the output of a batch that is still to be charged by it. */
export async function isAwaitedOutput(sql: Sql, of: { organizationId: string; fileId: string }): Promise<boolean> {
  const rows = await sql.query(
    'SELECT id FROM upstream_batch WHERE organization_id = $1 AND settled_at IS NULL AND output_file_id = $2 LIMIT 1',
    [of.organizationId, of.fileId],
  );
  return rows.length > 0;
}
