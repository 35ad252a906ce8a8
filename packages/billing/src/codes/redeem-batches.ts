import { nanoUsdPerPlanToken, newId } from '@ai-bridge/domain';
import { type BillingActor, writeAudit } from '../audit.ts';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { codeDigest, newCode, normalizeCode } from './code-text.ts';

export const maxCodesPerBatch = 5_000;
const maxNameLength = 100;
/** A billion tokens: more than anybody gives away in one code. */
const maxTokensPerCode = 1_000_000_000n;

export interface NewRedeemBatch {
  readonly name: string;
  readonly codes: number;
  readonly tokensPerCode: bigint;
  /** An organization may use one code of the batch. */
  readonly oncePerOrganization: boolean;
  readonly expiresAt?: Date | undefined;
  /** BRIDGE_KEY_PEPPER */
  readonly pepper: string;
  readonly actor: BillingActor & { readonly userId: string };
}

export interface RedeemBatch {
  readonly id: string;
  readonly name: string;
  readonly codes: number;
  readonly redeemed: number;
  readonly amountNanoUsd: bigint;
  readonly oncePerOrganization: boolean;
  readonly expiresAt: Date | null;
  /** proposed: waits for a second person, and no code of it works before. */
  readonly state: 'proposed' | 'active' | 'disabled';
  readonly createdByUserId: string;
  readonly approvedByUserId: string | null;
  readonly createdAt: Date;
}

/**
 * Makes codes that give tokens away. Their text is in the answer and nowhere else. A batch worth more than one person may give waits for a
 * second one. @throws BillingError batch_invalid
 */
export async function createRedeemBatch(
  deps: BillingDeps,
  batch: NewRedeemBatch,
): Promise<{ readonly batchId: string; readonly state: RedeemBatch['state']; readonly csv: string }> {
  checkBatch(batch, deps.clock.now());
  const amountNanoUsd = batch.tokensPerCode * nanoUsdPerPlanToken;
  const isWaiting = amountNanoUsd * BigInt(batch.codes) > deps.secondPersonAboveNanoUsd;
  const state = isWaiting ? 'proposed' : 'active';
  const batchId = newId('cdb');
  const texts = Array.from({ length: batch.codes }, newCode);
  await deps.database.transaction(async (sql) => {
    await sql.query(
      `INSERT INTO redeem_batch (id, name, codes, amount_nano_usd, once_per_organization, expires_at, state, created_by_user_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[batchId, batch.name.trim(), batch.codes, amountNanoUsd, batch.oncePerOrganization],
        ...[batch.expiresAt ?? null, state, batch.actor.userId],
      ],
    );
    await sql.query(
      `INSERT INTO redeem_code (id, batch_id, digest, last4, amount_nano_usd, once_per_organization)
       SELECT id, $1, decode(digest, 'hex'), last4, $5::bigint, $6::boolean
       FROM unnest($2::text[], $3::text[], $4::text[]) AS code (id, digest, last4)`,
      [
        batchId,
        texts.map(() => newId('cod')),
        texts.map((text) => codeDigest(normalizeCode(text) ?? '', batch.pepper).toString('hex')),
        texts.map((text) => text.slice(-4)),
        amountNanoUsd,
        batch.oncePerOrganization,
      ],
    );
    const detail = { codes: `${batch.codes}`, tokensPerCode: `${batch.tokensPerCode}`, name: batch.name.trim(), state };
    await writeAudit(sql, batch.actor, { action: 'redeemBatch.create', target: batchId, detail });
  });
  return { batchId, state, csv: csvOf(texts, batch) };
}

function checkBatch({ name, codes, tokensPerCode, expiresAt }: NewRedeemBatch, nowMs: number): void {
  const isNamed = name.trim().length > 0 && name.length <= maxNameLength;
  if (!isNamed) throw new BillingError('batch_invalid', `expected a name of up to ${maxNameLength} characters`);
  if (!Number.isInteger(codes) || codes < 1 || codes > maxCodesPerBatch) {
    throw new BillingError('batch_invalid', `expected 1 to ${maxCodesPerBatch} codes`);
  }
  if (tokensPerCode < 1n || tokensPerCode > maxTokensPerCode) {
    throw new BillingError('batch_invalid', `expected 1 to ${maxTokensPerCode} tokens a code`);
  }
  if (expiresAt && expiresAt.getTime() <= nowMs)
    throw new BillingError('batch_invalid', 'expected an end that is to come');
}

function csvOf(texts: readonly string[], { tokensPerCode, expiresAt }: NewRedeemBatch): string {
  const end = expiresAt?.toISOString() ?? '';
  return ['code,tokens,expires_at', ...texts.map((text) => `${text},${tokensPerCode},${end}`), ''].join('\r\n');
}

/** A second person lets a batch work. @throws BillingError not_found, batch_closed, another_person_needed */
export function approveRedeemBatch(
  { database }: BillingDeps,
  of: { readonly batchId: string; readonly actor: BillingActor & { readonly userId: string } },
): Promise<void> {
  return database.transaction(async (sql) => {
    const [batch] = await sql.query<{ state: string; by: string }>(
      'SELECT state, created_by_user_id AS by FROM redeem_batch WHERE id = $1 FOR UPDATE',
      [of.batchId],
    );
    if (!batch) throw new BillingError('not_found', 'there is no such batch');
    if (batch.state !== 'proposed') throw new BillingError('batch_closed', 'this batch is decided already');
    if (batch.by === of.actor.userId) throw new BillingError('another_person_needed', 'nobody approves what they made');
    await sql.query(`UPDATE redeem_batch SET state = 'active', approved_by_user_id = $2 WHERE id = $1`, [
      of.batchId,
      of.actor.userId,
    ]);
    await writeAudit(sql, of.actor, { action: 'redeemBatch.approve', target: of.batchId });
  });
}

/** Stops what is left of a batch. @returns false where it was stopped before */
export function disableRedeemBatch(
  { database }: BillingDeps,
  of: { readonly batchId: string; readonly actor: BillingActor },
): Promise<boolean> {
  return database.transaction(async (sql) => {
    const rows = await sql.query(
      `UPDATE redeem_batch SET state = 'disabled' WHERE id = $1 AND state <> 'disabled' RETURNING id`,
      [of.batchId],
    );
    if (rows.length > 0) await writeAudit(sql, of.actor, { action: 'redeemBatch.disable', target: of.batchId });
    return rows.length > 0;
  });
}

const maxBatchesListed = 200;

/** All batches, newest first. */
export function listRedeemBatches({ database }: BillingDeps): Promise<RedeemBatch[]> {
  return database.query<RedeemBatch>(
    `SELECT b.id, b.name, b.codes, b.amount_nano_usd AS "amountNanoUsd", b.once_per_organization AS "oncePerOrganization",
            b.expires_at AS "expiresAt", b.state, b.created_by_user_id AS "createdByUserId",
            b.approved_by_user_id AS "approvedByUserId", b.created_at AS "createdAt",
            (SELECT count(*)::integer FROM redeem_code c WHERE c.batch_id = b.id AND c.redeemed_at IS NOT NULL) AS redeemed
     FROM redeem_batch b ORDER BY b.created_at DESC, b.id DESC LIMIT ${maxBatchesListed}`,
  );
}
