import type { Sql } from '@ai-bridge/db';

/** What became of the credit that an order brought. */
export interface OrderCredit {
  readonly boughtNanoUsd: bigint;
  readonly leftNanoUsd: bigint;
  /** Taken out of this lot by refunds and disputes, and not given back, by their keys (`refund:<id>`, `dispute:<id>`). */
  readonly setAside: readonly { readonly key: string; readonly amountNanoUsd: bigint }[];
}

/** The credit of a paid order; undefined where it was never credited. */
export async function readOrderCredit(sql: Sql, orderId: string): Promise<OrderCredit | undefined> {
  const rows = await sql.query<{ bought: bigint; left: bigint; key: string | null; amount: bigint | null }>(
    `SELECT l.amount_nano_usd AS bought, l.left_nano_usd AS "left", r.key, r.amount_nano_usd AS amount
     FROM credit_lot l LEFT JOIN credit_reserve r
       ON r.lot_id = l.id AND NOT EXISTS (SELECT FROM ledger_entry WHERE key = r.key || ':cancelled')
     WHERE l.order_id = $1::text ORDER BY r.key`,
    [orderId],
  );
  const [first] = rows;
  if (!first) return undefined;
  return {
    boughtNanoUsd: first.bought,
    leftNanoUsd: first.left,
    setAside: rows.flatMap(({ key, amount }) =>
      key === null || amount === null ? [] : [{ key, amountNanoUsd: amount }],
    ),
  };
}
