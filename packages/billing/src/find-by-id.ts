import type { Sql } from '@ai-bridge/db';

/** An order or a refund that an id means. */
export interface FoundById {
  readonly kind: 'order' | 'refund';
  readonly id: string;
  readonly organizationId: string;
}

/** What an id of ours or of the payment provider's means: an order, checkout, payment, refund or dispute. Each is looked up by its own index. */
export function findById(sql: Sql, id: string): Promise<FoundById[]> {
  return sql.query<FoundById>(
    `SELECT 'order' AS kind, id, organization_id AS "organizationId" FROM "order" WHERE id = $1
     UNION SELECT 'order', id, organization_id FROM "order" WHERE session_id = $1
     UNION SELECT 'order', id, organization_id FROM "order" WHERE payment_id = $1
     UNION SELECT 'order', order_id, organization_id FROM dispute WHERE id = $1
     UNION SELECT 'refund', id, organization_id FROM refund WHERE id = $1
     UNION SELECT 'refund', id, organization_id FROM refund WHERE provider_refund_id = $1`,
    [id],
  );
}
