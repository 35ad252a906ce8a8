import type { Sql } from '@ai-bridge/db';
import { oneRow } from './one-row.ts';

/** A refund of an order, and the credit that is given up for it. */
export interface RefundCredit {
  readonly refundId: string;
  readonly organizationId: string;
  readonly orderId: string;
  /** Above zero. */
  readonly amountNanoUsd: bigint;
  /** Who did it: a user's id or `system`. */
  readonly actor: string;
}

/**
 * duplicate: it was reserved before; insufficient: the order's lot has less left; in_use: the lot would do, but workers or holds have it
 * (`recallLeases`); frozen: the balance is; ended: the refund was settled or cancelled before.
 */
export type ReserveResult = 'reserved' | 'duplicate' | 'insufficient' | 'in_use' | 'frozen' | 'ended';

/** Takes an order's unused credit out of the balance, whole or not at all, until the refund is settled or cancelled. */
export async function reserveRefund(sql: Sql, input: RefundCredit): Promise<ReserveResult> {
  const { result } = await reserve(sql, 'refund', input.refundId, { ...input, isWhole: true, isBeyondLot: false });
  return result;
}

/**
 * Takes credit for a refund that the payment provider has made by itself: the order's own first, then all other credit, as far as any is
 * available. Asked again, it takes what has come free since.
 * @returns what it has taken in all
 */
export async function takeBackCredit(sql: Sql, input: RefundCredit): Promise<{ takenNanoUsd: bigint }> {
  const row = await reserve(sql, 'refund', input.refundId, { ...input, isWhole: false, isBeyondLot: true });
  return { takenNanoUsd: row.reserved };
}

export interface RefundEnd {
  readonly refundId: string;
  readonly organizationId: string;
  readonly actor: string;
}

/**
 * The money is back with the customer: the reserved credit is gone.
 * @param input.shortfallNanoUsd credit that money went back for and that was not there any more: the house bears it
 */
export async function settleRefund(
  sql: Sql,
  input: RefundEnd & { readonly shortfallNanoUsd?: bigint | undefined },
): Promise<{ applied: boolean }> {
  return settleReserve(sql, 'refund', input.refundId, input);
}

/** The money did not leave, or came back: so does the credit, into the lots it came from, once for ever. */
export function cancelRefund(sql: Sql, input: RefundEnd): Promise<{ applied: boolean }> {
  return cancelReserve(sql, 'refund', input.refundId, input);
}

export type ReserveKind = 'refund' | 'dispute';

interface Reserve {
  readonly organizationId: string;
  readonly orderId: string;
  readonly amountNanoUsd: bigint;
  readonly actor: string;
  /** All of it out of the order's own lot, or nothing. */
  readonly isWhole: boolean;
  readonly isBeyondLot: boolean;
}

export function reserve(
  sql: Sql,
  kind: ReserveKind,
  id: string,
  of: Reserve,
): Promise<{ result: ReserveResult; reserved: bigint }> {
  return oneRow(
    sql,
    `SELECT result, reserved
     FROM ledger_reserve($1::text, $2::text, $3::text, $4::text, $5::bigint, $6::boolean, $7::boolean, $8::text)`,
    [`${kind}:${id}`, kind, of.organizationId, of.orderId, of.amountNanoUsd, of.isWhole, of.isBeyondLot, of.actor],
  );
}

interface ReserveEnd {
  readonly organizationId: string;
  readonly actor: string;
  readonly shortfallNanoUsd?: bigint | undefined;
}

export async function settleReserve(
  sql: Sql,
  kind: ReserveKind,
  id: string,
  of: ReserveEnd,
): Promise<{ applied: boolean }> {
  const { result } = await oneRow<{ result: string }>(
    sql,
    'SELECT ledger_settle_reserve($1::text, $2::text, $3::text, $4::bigint, $5::text) AS result',
    [`${kind}:${id}`, kind, of.organizationId, of.shortfallNanoUsd ?? 0n, of.actor],
  );
  return { applied: result === 'applied' };
}

export async function cancelReserve(
  sql: Sql,
  kind: ReserveKind,
  id: string,
  of: ReserveEnd,
): Promise<{ applied: boolean }> {
  const { result } = await oneRow<{ result: string }>(
    sql,
    'SELECT ledger_cancel_reserve($1::text, $2::text, $3::text, $4::text) AS result',
    [`${kind}:${id}`, kind, of.organizationId, of.actor],
  );
  return { applied: result === 'applied' };
}
