import type { Sql } from '@ai-bridge/db';
import { oneRow } from './one-row.ts';

export interface BalanceRead {
  /** Everything settled. */
  readonly postedNanoUsd: bigint;
  /** Leased by workers. */
  readonly heldNanoUsd: bigint;
  readonly availableNanoUsd: bigint;
  readonly frozen: boolean;
}

/** An organization's balance now; zeros for one that never had credit. */
export function readBalance(sql: Sql, organizationId: string): Promise<BalanceRead> {
  return oneRow(
    sql,
    `SELECT coalesce(max(posted_nano_usd), 0) AS "postedNanoUsd", coalesce(max(held_nano_usd), 0) AS "heldNanoUsd",
            coalesce(max(posted_nano_usd - held_nano_usd), 0) AS "availableNanoUsd",
            coalesce(bool_or(frozen_at IS NOT NULL), false) AS frozen
     FROM balance WHERE organization_id = $1::text`,
    [organizationId],
  );
}
