import type { Sql } from '@ai-bridge/db';

/**
 * Stops all spending of an organization's balance, or lets it go on: no lease, hold or refund is given while it is frozen, what workers hold
 * already is spent or comes back. @returns false where it was so before, or there is no balance
 */
export async function setBalanceFrozen(
  sql: Sql,
  of: { readonly organizationId: string; readonly frozen: boolean },
): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE balance SET frozen_at = CASE WHEN $2::boolean THEN now() END
     WHERE organization_id = $1::text AND (frozen_at IS NOT NULL) <> $2::boolean RETURNING organization_id`,
    [of.organizationId, of.frozen],
  );
  return rows.length > 0;
}

/** A balance that nothing is spent of. */
export interface FrozenBalance {
  readonly organizationId: string;
  readonly frozenAt: Date;
}

const maxFrozenListed = 200;

/** Frozen balances, the newest first. */
export function listFrozenBalances(sql: Sql): Promise<FrozenBalance[]> {
  return sql.query<FrozenBalance>(
    `SELECT organization_id AS "organizationId", frozen_at AS "frozenAt" FROM balance
     WHERE frozen_at IS NOT NULL ORDER BY frozen_at DESC, organization_id LIMIT ${maxFrozenListed}`,
  );
}
