import type { Sql } from '@ai-bridge/db';
import { type Order, orderColumns } from './order-row.ts';
import type { OrderState } from './order-states.ts';

/** What staff look for among the orders of all organizations. */
export interface OrderSearch {
  /** An order's, checkout's or payment's id, whole; undefined: all. */
  readonly id?: string | undefined;
  /** Orders of these count as found beside `id`. */
  readonly organizationIds?: readonly string[] | undefined;
  readonly state?: OrderState | undefined;
  /** An order's id: those that are older. */
  readonly before?: string | undefined;
  readonly limit: number;
}

const maxOrdersFound = 100;

/** Orders of whatever organization, newest first. */
export function findOrders(sql: Sql, search: OrderSearch): Promise<Order[]> {
  return sql.query<Order>(
    `SELECT ${orderColumns} FROM "order"
     WHERE ($1::text IS NULL OR $1 IN (id, session_id, payment_id) OR organization_id = ANY ($2::text[]))
       AND ($3::text IS NULL OR state = $3)
       AND ($4::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM "order" WHERE id = $4::text))
     ORDER BY created_at DESC, id DESC LIMIT $5::integer`,
    [
      ...[search.id ?? null, search.organizationIds ?? [], search.state ?? null, search.before ?? null],
      Math.max(1, Math.min(search.limit, maxOrdersFound)),
    ],
  );
}
