import type { Sql } from '@ai-bridge/db';

/** What one grant or one order brought, as far as some of it is left. */
export interface CreditLot {
  readonly id: string;
  readonly kind: 'granted' | 'paid';
  readonly orderId: string | null;
  readonly boughtNanoUsd: bigint;
  readonly leftNanoUsd: bigint;
  readonly createdAt: Date;
}

const maxLots = 100;

/** An organization's credit in the order that it is used in: granted before paid, oldest first. At most 100 lots. */
export function listCreditLots(sql: Sql, organizationId: string): Promise<CreditLot[]> {
  return sql.query<CreditLot>(
    `SELECT id, kind, order_id AS "orderId", amount_nano_usd AS "boughtNanoUsd", left_nano_usd AS "leftNanoUsd", created_at AS "createdAt"
     FROM credit_lot WHERE organization_id = $1::text AND left_nano_usd > 0
     ORDER BY kind, created_at, id LIMIT ${maxLots}`,
    [organizationId],
  );
}
