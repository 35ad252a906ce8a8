import type { Sql } from '@ai-bridge/db';
import { grantCredit } from '@ai-bridge/ledger';
import { actorName, type BillingActor, writeAudit } from '../audit.ts';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { codeDigest, normalizeCode } from './code-text.ts';

export interface RedeemInput {
  /** As it was typed. */
  readonly code: string;
  readonly organizationId: string;
  /** BRIDGE_KEY_PEPPER */
  readonly pepper: string;
  readonly actor: BillingActor;
}

/**
 * Gives an organization the tokens of a code, which is used up by it: of many who try at once, one has it. The caller bounds how often
 * somebody may guess. @throws BillingError code_unknown, code_used, code_expired
 */
export async function redeemCode(deps: BillingDeps, input: RedeemInput): Promise<{ readonly amountNanoUsd: bigint }> {
  const code = normalizeCode(input.code);
  if (code === undefined) throw new BillingError('code_unknown', 'this is no code of ours');
  const digest = codeDigest(code, input.pepper);
  return deps.database.transaction(async (sql) => {
    const taken = await take(sql, digest, input, new Date(deps.clock.now()));
    if (!taken) throw await whyNot(sql, digest, input, deps.clock.now());
    const { id, amountNanoUsd } = taken;
    const { organizationId, actor } = input;
    const grant = { key: `redeem:${id}`, organizationId, amountNanoUsd, reason: `code ...${taken.last4}` };
    const { applied } = await grantCredit(sql, { ...grant, actor: actorName(actor) });
    if (!applied) throw new Error('a redeem code was credited before it was taken');
    const detail = { amountNanoUsd: `${amountNanoUsd}`, last4: taken.last4 };
    await writeAudit(sql, actor, { action: 'redeemCode.use', target: id, organizationId, detail });
    return { amountNanoUsd };
  });
}

interface Taken {
  readonly id: string;
  readonly amountNanoUsd: bigint;
  readonly last4: string;
}

/** The batch is locked where each organization may use one code of it, so that two codes at once are not two. */
async function take(sql: Sql, digest: Buffer, input: RedeemInput, now: Date): Promise<Taken | undefined> {
  await sql.query(
    `SELECT b.id FROM redeem_batch b JOIN redeem_code c ON c.batch_id = b.id
     WHERE c.digest = decode($1, 'hex') AND b.once_per_organization FOR UPDATE OF b`,
    [digest.toString('hex')],
  );
  const [taken] = await sql.query<Taken>(
    `UPDATE redeem_code c SET redeemed_at = $2, organization_id = $3, redeemed_by_user_id = $4
     FROM redeem_batch b
     WHERE c.digest = decode($1, 'hex') AND c.redeemed_at IS NULL
       AND b.id = c.batch_id AND b.state = 'active' AND coalesce(b.expires_at > $2, true)
       AND NOT (b.once_per_organization
         AND EXISTS (SELECT FROM redeem_code o WHERE o.batch_id = b.id AND o.organization_id = $3))
     RETURNING c.id, c.amount_nano_usd AS "amountNanoUsd", c.last4`,
    [digest.toString('hex'), now, input.organizationId, input.actor.userId ?? null],
  );
  return taken;
}

async function whyNot(sql: Sql, digest: Buffer, { organizationId }: RedeemInput, nowMs: number): Promise<BillingError> {
  const [code] = await sql.query<{ usedBy: string | null; state: string; expiresAt: Date | null }>(
    `SELECT c.organization_id AS "usedBy", b.state, b.expires_at AS "expiresAt"
     FROM redeem_code c JOIN redeem_batch b ON b.id = c.batch_id WHERE c.digest = decode($1, 'hex')`,
    [digest.toString('hex')],
  );
  if (!code || code.state === 'proposed') return new BillingError('code_unknown', 'this is no code of ours');
  if (code.usedBy === organizationId) return new BillingError('code_used', 'you have used this code already');
  if (code.usedBy !== null) return new BillingError('code_used', 'this code has been used');
  const isOver = code.state === 'disabled' || (code.expiresAt !== null && code.expiresAt.getTime() <= nowMs);
  if (isOver) return new BillingError('code_expired', 'this code is not valid any more');
  return new BillingError('code_used', 'you have used another code of this kind already');
}
