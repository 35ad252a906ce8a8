import type { Sql } from '@ai-bridge/db';
import { newId, RelayError } from '@ai-bridge/domain';
import { oneRow } from './one-row.ts';

export interface GrantInput {
  /** Derived from the fact, for example `grant:sign-up:<organizationId>`: the same key credits once for ever. */
  readonly key: string;
  readonly organizationId: string;
  /** Above zero. */
  readonly amountNanoUsd: bigint;
  readonly reason: string;
  /** Who did it: a user's id, `config` or `system`. */
  readonly actor: string;
}

const creditStatement = `SELECT ledger_credit($1::text, $2::text, $3::text, $4::bigint, $5::text, $6::text, $7::text,
                                              $8::text, $9::text, $10::text) AS applied`;

/** Gives credit away: a granted lot. `applied` is false where the key was used before. */
export function grantCredit(sql: Sql, input: GrantInput): Promise<{ applied: boolean }> {
  const { key, organizationId, amountNanoUsd, reason, actor } = input;
  return oneRow(sql, creditStatement, [
    key,
    'grant',
    organizationId,
    amountNanoUsd,
    'house:grants',
    'granted',
    null,
    newId('lot'),
    reason,
    actor,
  ]);
}

export interface OrderCreditInput {
  readonly orderId: string;
  readonly organizationId: string;
  /** Above zero. */
  readonly amountNanoUsd: bigint;
  readonly actor: string;
}

/** Credits a paid order: a paid lot, which is refundable as long as it is unused. An order credits once for ever. */
export function creditOrder(sql: Sql, input: OrderCreditInput): Promise<{ applied: boolean }> {
  const { orderId, organizationId, amountNanoUsd, actor } = input;
  return oneRow(sql, creditStatement, [
    `order:${orderId}:paid`,
    'order',
    organizationId,
    amountNanoUsd,
    'house:payments',
    'paid',
    orderId,
    newId('lot'),
    null,
    actor,
  ]);
}

/**
 * Corrects a balance by hand, up (a granted lot) or down (granted before paid, oldest first; only what is available).
 * @throws RelayError insufficient_balance, or balance_in_use where only workers' leases are in the way
 */
export async function adjust(sql: Sql, input: GrantInput): Promise<{ applied: boolean }> {
  const { result } = await oneRow<{ result: string }>(
    sql,
    'SELECT ledger_adjust($1::text, $2::text, $3::bigint, $4::text, $5::text, $6::text) AS result',
    [input.key, input.organizationId, input.amountNanoUsd, newId('lot'), input.reason, input.actor],
  );
  if (result === 'insufficient') throw new RelayError('insufficient_balance');
  if (result === 'in_use') throw new RelayError('balance_in_use');
  return { applied: result === 'applied' };
}
