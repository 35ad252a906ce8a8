import type { Sql } from '@ai-bridge/db';
import { reserveRefund } from '@ai-bridge/ledger';
import { actorName, type BillingActor, writeAudit } from '../audit.ts';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { lockOrder } from '../orders/order-row.ts';
import { tryWithRecall } from '../recall.ts';
import { type Refund, readRefund } from './refund-row.ts';
import { creditFor, maxReasonLength, readRefundableAccount } from './request-refund.ts';

export interface RefundApproval {
  readonly refundId: string;
  /** May be less than was asked for; undefined: as asked, and refused where tokens were used since. */
  readonly amountMinor?: bigint | undefined;
  readonly reason: string;
  /** The customer reads the reason too, in the mail and at the order. Otherwise it is for the staff. */
  readonly tellsReason?: boolean | undefined;
  /** Somebody of the staff. */
  readonly actor: BillingActor & { readonly userId: string };
}

/**
 * Approves a refund. Once enough people have, its tokens leave the balance in the same transaction (workers give back what they lease
 * first), and the provider is asked next. Above the set limit it takes two people; nobody approves what they asked for.
 * @returns the refund: reserved, or still requested where a second person is needed
 * @throws BillingError not_found, refund_closed, reason_needed, another_person_needed, order_disputed, nothing_to_refund,
 *   amount_too_high, amount_invalid, balance_in_use, balance_frozen
 */
export async function approveRefund(deps: BillingDeps, approval: RefundApproval): Promise<Refund> {
  if (approval.reason.trim() === '') throw new BillingError('reason_needed', 'expected a reason');
  const { organizationId } = await readRefund(deps.database, approval.refundId);
  const result = await tryWithRecall(deps.database, organizationId, {
    attempt: () => deps.database.transaction((sql) => approve(sql, deps, approval)),
    isInTheWay: (outcome) => outcome === 'in_use',
  });
  if (result === 'in_use') throw new BillingError('balance_in_use', 'requests under way hold these tokens: try again');
  return result;
}

/** `in_use` leaves everything as it was. */
async function approve(sql: Sql, deps: BillingDeps, approval: RefundApproval): Promise<Refund | 'in_use'> {
  const { orderId } = await readRefund(sql, approval.refundId);
  const order = await lockOrder(sql, orderId);
  const refund = await readRefund(sql, approval.refundId);
  if (refund.state !== 'requested') throw new BillingError('refund_closed', 'this refund is decided already');
  const { userId } = approval.actor;
  if (userId === refund.requestedByUserId || userId === refund.approvedByUserId) {
    throw new BillingError('another_person_needed', 'nobody approves what they asked for or approved before');
  }
  const account = await readRefundableAccount(sql, order);
  const amountMinor = approval.amountMinor ?? refund.amountMinor;
  // A second person approves what the first one did, or less; more begins anew.
  if (amountMinor > refund.amountMinor)
    throw new BillingError('amount_too_high', 'expected at most what was asked for');
  const creditNanoUsd = creditFor(account, amountMinor);
  const isSecond = refund.approvedByUserId !== null;
  const isEnough = isSecond || creditNanoUsd <= deps.secondPersonAboveNanoUsd;
  if (isEnough) {
    const { id: refundId, organizationId } = refund;
    const reserve = {
      refundId,
      organizationId,
      orderId,
      amountNanoUsd: creditNanoUsd,
      actor: actorName(approval.actor),
    };
    const result = await reserveRefund(sql, reserve);
    if (result === 'in_use') return 'in_use';
    if (result === 'frozen')
      throw new BillingError('balance_frozen', 'the balance is frozen: its books are being checked');
    if (result === 'insufficient') throw new BillingError('amount_too_high', 'tokens were used meanwhile: look again');
    if (result !== 'reserved') throw new Error(`a refund could not be reserved: ${result}`);
  }
  await sql.query(
    `UPDATE refund SET amount_minor = $2, credit_nano_usd = $3, decision_reason = $4,
       approved_by_user_id = CASE WHEN $5::boolean THEN approved_by_user_id ELSE $6 END,
       second_approved_by_user_id = CASE WHEN $5::boolean THEN $6 END,
       state = CASE WHEN $7::boolean THEN 'reserved' ELSE state END, taken_nano_usd = CASE WHEN $7::boolean THEN $3::bigint ELSE 0 END,
       reserved_at = $8, next_attempt_at = $8, tells_reason = $9
     WHERE id = $1`,
    [
      ...[refund.id, amountMinor, creditNanoUsd, approval.reason.slice(0, maxReasonLength), isSecond, userId, isEnough],
      isEnough ? new Date(deps.clock.now()) : null,
      approval.tellsReason === true,
    ],
  );
  const { organizationId } = refund;
  const detail = { order: orderId, amountMinor: `${amountMinor}`, currency: refund.currency, reason: approval.reason };
  const action = isEnough ? 'refund.approve' : 'refund.propose';
  await writeAudit(sql, approval.actor, { action, target: refund.id, organizationId, detail });
  return readRefund(sql, refund.id);
}
