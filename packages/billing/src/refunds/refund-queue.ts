import type { Sql } from '@ai-bridge/db';
import { type Refund, refundColumns } from './refund-row.ts';
import type { RefundState } from './refund-states.ts';

/** Parts of the staff's desk: what waits for a decision, what is on its way, what is over. */
export type RefundPart = 'requested' | 'under_way' | 'ended';

const statesOf: Readonly<Record<RefundPart, readonly RefundState[]>> = {
  requested: ['requested'],
  under_way: ['reserved', 'submitted'],
  ended: ['succeeded', 'failed', 'cancelled'],
};

const maxRefundsQueued = 100;

/**
 * A part of all organizations' refunds: who has waited longest first, and of those that are over the newest first.
 * @param of.after a refund's id: those behind it
 */
export function queueRefunds(
  sql: Sql,
  of: { readonly part: RefundPart; readonly after?: string | undefined; readonly limit: number },
): Promise<Refund[]> {
  const [compare, direction] = of.part === 'ended' ? ['<', 'DESC'] : ['>', 'ASC'];
  return sql.query<Refund>(
    `SELECT ${refundColumns} FROM refund
     WHERE state = ANY ($1::text[])
       AND ($2::text IS NULL OR (created_at, id) ${compare} (SELECT created_at, id FROM refund WHERE id = $2::text))
     ORDER BY created_at ${direction}, id ${direction} LIMIT $3::integer`,
    [statesOf[of.part], of.after ?? null, Math.max(1, Math.min(of.limit, maxRefundsQueued))],
  );
}

/** How many refunds wait for a decision. */
export async function countRequestedRefunds(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM refund WHERE state = 'requested'`,
  );
  return row?.count ?? 0;
}
