import type { Sql } from '@ai-bridge/db';
import { newId, RelayError } from '@ai-bridge/domain';
import { adjust } from '@ai-bridge/ledger';
import { type BillingActor, writeAudit } from '../audit.ts';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { tryWithRecall } from '../recall.ts';

const maxReasonLength = 1_000;
/** What one person gives or takes of one organization within this time counts together. */
const countedTogetherHours = 24;

export interface AdjustmentInput {
  readonly organizationId: string;
  /** Above zero: a gift, as granted credit; below: taken away, as far as it is there. */
  readonly amountNanoUsd: bigint;
  readonly reason: string;
  readonly actor: BillingActor & { readonly userId: string };
}

export interface Adjustment {
  readonly id: string;
  readonly organizationId: string;
  readonly amountNanoUsd: bigint;
  readonly reason: string;
  /** proposed: waits for a second person. */
  readonly state: 'proposed' | 'applied' | 'rejected';
  readonly requestedByUserId: string;
  readonly decidedByUserId: string | null;
  readonly createdAt: Date;
}

/**
 * Corrects a balance by hand. Up to the set limit at once; above it (all of a day together) it waits for a second person.
 * @throws BillingError amount_invalid, reason_needed, insufficient_balance, balance_in_use
 */
export async function adjustBalance(deps: BillingDeps, input: AdjustmentInput): Promise<Adjustment> {
  if (input.amountNanoUsd === 0n) throw new BillingError('amount_invalid', 'expected an amount other than zero');
  if (input.reason.trim() === '') throw new BillingError('reason_needed', 'expected a reason');
  const id = newId('adj');
  return applying(deps, input.organizationId, async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))::text', [
      `adjust:${input.organizationId}`,
    ]);
    await sql.query(
      `INSERT INTO adjustment (id, organization_id, amount_nano_usd, reason, state, requested_by_user_id)
       VALUES ($1, $2, $3, $4, 'proposed', $5)`,
      [
        id,
        input.organizationId,
        input.amountNanoUsd,
        input.reason.trim().slice(0, maxReasonLength),
        input.actor.userId,
      ],
    );
    await audit(sql, input.actor, 'adjustment.propose', await readAdjustment(sql, id));
    const isSmall = (await changedToday(sql, input)) <= deps.secondPersonAboveNanoUsd;
    if (isSmall) await apply(sql, await readAdjustment(sql, id), input.actor);
    return readAdjustment(sql, id);
  });
}

/** A second person decides. @throws BillingError not_found, adjustment_closed, another_person_needed, insufficient_balance, balance_in_use */
export async function decideAdjustment(
  deps: BillingDeps,
  of: { readonly id: string; readonly isApproved: boolean; readonly actor: BillingActor & { readonly userId: string } },
): Promise<Adjustment> {
  const { organizationId } = await readAdjustment(deps.database, of.id);
  return applying(deps, organizationId, async (sql) => {
    const adjustment = await readAdjustment(sql, of.id, 'FOR UPDATE');
    if (adjustment.state !== 'proposed')
      throw new BillingError('adjustment_closed', 'this correction is decided already');
    const isOwn = adjustment.requestedByUserId === of.actor.userId;
    if (of.isApproved && isOwn) throw new BillingError('another_person_needed', 'nobody approves what they asked for');
    if (of.isApproved) await apply(sql, adjustment, of.actor);
    else await decide(sql, adjustment, 'rejected', of.actor);
    return readAdjustment(sql, of.id);
  });
}

/** Runs it whole or not at all; where workers' leases are in the way, they are asked to give back first. */
async function applying(
  { database }: BillingDeps,
  organizationId: string,
  work: (sql: Sql) => Promise<Adjustment>,
): Promise<Adjustment> {
  const attempt = () =>
    database.transaction(work).catch((error) => {
      if (error instanceof RelayError && error.code === 'balance_in_use') return 'in_use' as const;
      if (error instanceof RelayError)
        throw new BillingError('insufficient_balance', 'the balance is smaller than that', error);
      throw error;
    });
  const result = await tryWithRecall(database, organizationId, {
    attempt,
    isInTheWay: (outcome) => outcome === 'in_use',
  });
  if (result === 'in_use') throw new BillingError('balance_in_use', 'requests under way hold this credit: try again');
  return result;
}

async function apply(
  sql: Sql,
  adjustment: Adjustment,
  actor: BillingActor & { readonly userId: string },
): Promise<void> {
  const { id, organizationId, amountNanoUsd, reason } = adjustment;
  await adjust(sql, { key: `adjust:${id}`, organizationId, amountNanoUsd, reason, actor: actor.userId });
  await decide(sql, adjustment, 'applied', actor);
}

async function decide(
  sql: Sql,
  adjustment: Adjustment,
  state: 'applied' | 'rejected',
  actor: BillingActor & { readonly userId: string },
): Promise<void> {
  await sql.query('UPDATE adjustment SET state = $2, decided_by_user_id = $3, decided_at = now() WHERE id = $1', [
    adjustment.id,
    state,
    actor.userId,
  ]);
  await audit(sql, actor, state === 'applied' ? 'adjustment.apply' : 'adjustment.reject', adjustment);
}

async function changedToday(sql: Sql, { organizationId, actor }: AdjustmentInput): Promise<bigint> {
  const [row] = await sql.query<{ changed: bigint }>(
    `SELECT coalesce(sum(abs(amount_nano_usd)), 0)::bigint AS changed FROM adjustment
     WHERE organization_id = $1 AND requested_by_user_id = $2 AND state <> 'rejected'
       AND created_at > now() - ${countedTogetherHours} * interval '1 hour'`,
    [organizationId, actor.userId],
  );
  return row?.changed ?? 0n;
}

const adjustmentColumns = `
  id, organization_id AS "organizationId", amount_nano_usd AS "amountNanoUsd", reason, state,
  requested_by_user_id AS "requestedByUserId", decided_by_user_id AS "decidedByUserId", created_at AS "createdAt"`;

async function readAdjustment(sql: Sql, id: string, lock: '' | 'FOR UPDATE' = ''): Promise<Adjustment> {
  const [row] = await sql.query<Adjustment>(`SELECT ${adjustmentColumns} FROM adjustment WHERE id = $1 ${lock}`, [id]);
  if (!row) throw new BillingError('not_found', 'there is no such correction');
  return row;
}

const maxAdjustmentsListed = 200;

/** Corrections that wait for a second person, oldest first. */
export function listProposedAdjustments({ database }: BillingDeps): Promise<Adjustment[]> {
  return database.query<Adjustment>(
    `SELECT ${adjustmentColumns} FROM adjustment WHERE state = 'proposed' ORDER BY created_at, id LIMIT ${maxAdjustmentsListed}`,
  );
}

function audit(
  sql: Sql,
  actor: BillingActor,
  action: string,
  { id, organizationId, amountNanoUsd, reason }: Adjustment,
): Promise<void> {
  return writeAudit(sql, actor, {
    action,
    target: id,
    organizationId,
    detail: { amountNanoUsd: `${amountNanoUsd}`, reason },
  });
}
