import type { Sql } from '@ai-bridge/db';
import type { Month } from '@ai-bridge/domain';

/** What moved an organization's balance in a month. Signed where credit may come and go: above zero, it came in. */
export interface LedgerMonth {
  readonly month: Month;
  readonly orderedNanoUsd: bigint;
  readonly grantedNanoUsd: bigint;
  readonly adjustedNanoUsd: bigint;
  readonly refundedNanoUsd: bigint;
  readonly disputedNanoUsd: bigint;
  /** What requests took from the balance. */
  readonly capturedNanoUsd: bigint;
  /** What of requests' charges the house bore: it never was in the balance. */
  readonly overrunNanoUsd: bigint;
}

/** The months in which anything moved, oldest first. A balance is the sum of all of them. */
export function listLedgerMonths(sql: Sql, organizationId: string): Promise<LedgerMonth[]> {
  return sql.query<LedgerMonth>(
    `SELECT to_char(month, 'YYYY-MM') AS month, ordered_nano_usd AS "orderedNanoUsd", granted_nano_usd AS "grantedNanoUsd",
            adjusted_nano_usd AS "adjustedNanoUsd", refunded_nano_usd AS "refundedNanoUsd", disputed_nano_usd AS "disputedNanoUsd",
            captured_nano_usd AS "capturedNanoUsd", overrun_nano_usd AS "overrunNanoUsd"
     FROM ledger_month WHERE organization_id = $1::text ORDER BY ledger_month.month`,
    [organizationId],
  );
}
