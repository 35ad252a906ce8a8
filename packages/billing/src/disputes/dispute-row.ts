import type { Sql } from '@ai-bridge/db';
import type { DisputeState } from './dispute-states.ts';

/** A customer's bank that wants an order's money back. */
export interface Dispute {
  /** The provider's own id. */
  readonly id: string;
  readonly orderId: string;
  readonly organizationId: string;
  readonly state: DisputeState;
  readonly providerStatus: string;
  readonly amountMinor: bigint;
  readonly reason: string | null;
  /** The tokens that the disputed money was for. */
  readonly creditNanoUsd: bigint;
  /** What of them was unused and is set aside. */
  readonly frozenNanoUsd: bigint;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

/** An order's disputes, oldest first. */
export function readDisputes(sql: Sql, orderId: string): Promise<Dispute[]> {
  return sql.query<Dispute>(
    `SELECT id, order_id AS "orderId", organization_id AS "organizationId", state, provider_status AS "providerStatus",
            amount_minor AS "amountMinor", reason, credit_nano_usd AS "creditNanoUsd", frozen_nano_usd AS "frozenNanoUsd",
            created_at AS "createdAt", ended_at AS "endedAt"
     FROM dispute WHERE order_id = $1 ORDER BY created_at, id`,
    [orderId],
  );
}
