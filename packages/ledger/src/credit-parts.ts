import type { Sql } from '@ai-bridge/db';
import { oneRow } from './one-row.ts';

/** What an organization's credit is made of. */
export interface CreditParts {
  /** Bought, and not used yet. */
  readonly paidNanoUsd: bigint;
  /** Given, and not used yet. */
  readonly grantedNanoUsd: bigint;
  /** Taken out of the balance for refunds and disputes that are open. */
  readonly setAsideNanoUsd: bigint;
}

/** What an organization's credit is made of now; zeros for one that never had any. */
export function readCreditParts(sql: Sql, organizationId: string): Promise<CreditParts> {
  return oneRow(
    sql,
    `SELECT coalesce(sum(left_nano_usd) FILTER (WHERE kind = 'paid'), 0)::bigint AS "paidNanoUsd",
            coalesce(sum(left_nano_usd) FILTER (WHERE kind = 'granted'), 0)::bigint AS "grantedNanoUsd",
            coalesce((SELECT sum(r.amount_nano_usd) FROM credit_reserve r JOIN credit_lot l ON l.id = r.lot_id
                      WHERE l.organization_id = $1::text), 0)::bigint AS "setAsideNanoUsd"
     FROM credit_lot WHERE organization_id = $1::text`,
    [organizationId],
  );
}

/** What is settled of some organizations' balances; one that never had credit is not in it. */
export async function readPostedBalances(
  sql: Sql,
  organizationIds: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  const rows = await sql.query<{ id: string; postedNanoUsd: bigint }>(
    `SELECT organization_id AS id, posted_nano_usd AS "postedNanoUsd" FROM balance WHERE organization_id = ANY ($1::text[])`,
    [organizationIds],
  );
  return new Map(rows.map(({ id, postedNanoUsd }) => [id, postedNanoUsd]));
}
