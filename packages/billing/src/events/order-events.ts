import type { Sql } from '@ai-bridge/db';

/** What the payment provider told of an order, and what came of it. */
export interface OrderEvent {
  readonly id: string;
  readonly type: string;
  readonly state: 'received' | 'applied' | 'set_aside' | 'failed';
  readonly occurredAt: Date;
  readonly appliedAt: Date | null;
  readonly error: string | null;
}

const maxEvents = 100;

/**
 * The events of an order's checkout, payment, refunds and disputes, oldest first. Events of a charge name an object that is not kept here, and
 * are not among them.
 */
export function listOrderEvents(sql: Sql, orderId: string): Promise<OrderEvent[]> {
  return sql.query<OrderEvent>(
    `SELECT id, type, state, occurred_at AS "occurredAt", applied_at AS "appliedAt", error FROM payment_event
     WHERE object_id IN (
       SELECT session_id FROM "order" WHERE id = $1 UNION SELECT payment_id FROM "order" WHERE id = $1
       UNION SELECT provider_refund_id FROM refund WHERE order_id = $1 UNION SELECT id FROM dispute WHERE order_id = $1)
     ORDER BY occurred_at, id LIMIT ${maxEvents}`,
    [orderId],
  );
}
