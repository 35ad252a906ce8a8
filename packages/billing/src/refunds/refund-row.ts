import type { Sql } from '@ai-bridge/db';
import { BillingError } from '../billing-error.ts';
import type { RefundState } from './refund-states.ts';

/** Money back for unused tokens of an order. */
export interface Refund {
  readonly id: string;
  readonly orderId: string;
  readonly organizationId: string;
  /** request: asked for here; provider: made there, and adopted. */
  readonly origin: 'request' | 'provider';
  readonly state: RefundState;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** The tokens that the money is for. */
  readonly creditNanoUsd: bigint;
  /** What of them could be taken. */
  readonly takenNanoUsd: bigint;
  readonly reason: string | null;
  readonly decisionReason: string | null;
  /** The reason is for the customer to read: that of a refusal always, that of an approval where it was meant. */
  readonly tellsReason: boolean;
  readonly requestedByUserId: string | null;
  readonly approvedByUserId: string | null;
  readonly secondApprovedByUserId: string | null;
  readonly providerRefundId: string | null;
  readonly providerStatus: string | null;
  readonly createdAt: Date;
  readonly firstSubmittedAt: Date | null;
  readonly endedAt: Date | null;
  readonly attempts: number;
  readonly lastError: string | null;
}

export const refundColumns = `
  id, order_id AS "orderId", organization_id AS "organizationId", origin, state, amount_minor AS "amountMinor", currency,
  credit_nano_usd AS "creditNanoUsd", taken_nano_usd AS "takenNanoUsd", reason, decision_reason AS "decisionReason",
  tells_reason AS "tellsReason",
  requested_by_user_id AS "requestedByUserId", approved_by_user_id AS "approvedByUserId",
  second_approved_by_user_id AS "secondApprovedByUserId", provider_refund_id AS "providerRefundId",
  provider_status AS "providerStatus", created_at AS "createdAt", first_submitted_at AS "firstSubmittedAt",
  ended_at AS "endedAt", attempts, last_error AS "lastError"`;

/** An order's refunds, oldest first. */
export function listRefunds(sql: Sql, orderId: string): Promise<Refund[]> {
  return sql.query<Refund>(`SELECT ${refundColumns} FROM refund WHERE order_id = $1 ORDER BY created_at, id`, [
    orderId,
  ]);
}

/**
 * Whether a refund of ours is approved and the provider has not answered yet: should it be refused, its tokens come back, and whoever has taken
 * the money instead has a claim to them.
 */
export async function hasUnansweredRefund(sql: Sql, orderId: string): Promise<boolean> {
  const rows = await sql.query(
    `SELECT id FROM refund WHERE order_id = $1 AND origin = 'request' AND state = 'reserved' LIMIT 1`,
    [orderId],
  );
  return rows.length > 0;
}

/** @throws BillingError not_found */
export async function readRefund(sql: Sql, refundId: string): Promise<Refund> {
  const [refund] = await sql.query<Refund>(`SELECT ${refundColumns} FROM refund WHERE id = $1`, [refundId]);
  if (!refund) throw new BillingError('not_found', 'there is no such refund');
  return refund;
}

export async function findRefundByClientKey(
  sql: Sql,
  of: { organizationId: string; clientKey: string },
): Promise<Refund | undefined> {
  const [refund] = await sql.query<Refund>(
    `SELECT ${refundColumns} FROM refund WHERE organization_id = $1 AND client_key = $2`,
    [of.organizationId, of.clientKey],
  );
  return refund;
}

/** Refunds that wait for a decision of the staff, oldest first. */
export function listRequestedRefunds(sql: Sql, limit: number): Promise<Refund[]> {
  return sql.query<Refund>(
    `SELECT ${refundColumns} FROM refund WHERE state = 'requested' ORDER BY created_at, id LIMIT $1::integer`,
    [Math.max(1, Math.min(limit, maxRefundsListed))],
  );
}

const maxRefundsListed = 200;
