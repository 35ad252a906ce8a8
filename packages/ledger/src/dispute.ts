import type { Sql } from '@ai-bridge/db';
import { cancelReserve, reserve, settleReserve } from './refund.ts';

/** A customer's bank wants an order's money back. */
export interface DisputeName {
  readonly disputeId: string;
  readonly organizationId: string;
  readonly actor: string;
}

/**
 * Sets an order's unused credit aside, as far as it is available, until the dispute is decided. Asked again, it takes what has come free
 * since. @returns what stands aside in all
 */
export async function freezeForDispute(
  sql: Sql,
  input: DisputeName & { readonly orderId: string; readonly amountNanoUsd: bigint },
): Promise<{ frozenNanoUsd: bigint }> {
  const row = await reserve(sql, 'dispute', input.disputeId, { ...input, isWhole: false, isBeyondLot: false });
  return { frozenNanoUsd: row.reserved };
}

/** The dispute was won, or withdrawn: the credit comes back to its lot, once for ever. */
export function unfreezeDispute(sql: Sql, input: DisputeName): Promise<{ applied: boolean }> {
  return cancelReserve(sql, 'dispute', input.disputeId, input);
}

/** The dispute was lost: the credit is gone with the money. @param input.shortfallNanoUsd what had been used: the house bears it */
export function writeOffDispute(
  sql: Sql,
  input: DisputeName & { readonly shortfallNanoUsd: bigint },
): Promise<{ applied: boolean }> {
  return settleReserve(sql, 'dispute', input.disputeId, input);
}
