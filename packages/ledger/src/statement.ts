import type { Sql } from '@ai-bridge/db';

/** A movement of a customer's credit that is no capture. */
export interface StatementEntry {
  readonly sequence: bigint;
  readonly key: string;
  readonly kind: 'grant' | 'order' | 'adjust' | 'refund' | 'dispute';
  readonly creditKind: 'granted' | 'paid';
  /** Above zero: credit came in. */
  readonly amountNanoUsd: bigint;
  readonly reason: string | null;
  readonly actor: string | null;
  readonly createdAt: Date;
}

export const statementColumns = `
  sequence, key, kind, reason, actor, created_at AS "createdAt",
  split_part(CASE WHEN debit_account LIKE 'customer:%' THEN debit_account ELSE credit_account END,
             ':' || organization_id || ':', 2) AS "creditKind",
  CASE WHEN debit_account LIKE 'customer:%' THEN -amount_nano_usd ELSE amount_nano_usd END AS "amountNanoUsd"`;

const maxEntries = 200;

/**
 * An organization's credits, corrections, refunds and disputes, newest first, without the captures (which are in its usage) and without
 * what moves between the house's own accounts.
 * @param input.cursor `nextCursor` of the page before
 * @param input.limit at most 200
 */
export async function listEntries(
  sql: Sql,
  input: { readonly organizationId: string; readonly cursor?: bigint | undefined; readonly limit: number },
): Promise<{ entries: StatementEntry[]; nextCursor: bigint | undefined }> {
  const limit = Math.max(1, Math.min(input.limit, maxEntries));
  const entries = await sql.query<StatementEntry>(
    `SELECT ${statementColumns}
     FROM ledger_entry
     WHERE organization_id = $1::text AND kind <> 'capture' AND kind <> 'overrun'
       AND 'customer' IN (split_part(debit_account, ':', 1), split_part(credit_account, ':', 1))
       AND ($2::bigint IS NULL OR sequence < $2::bigint)
     ORDER BY sequence DESC LIMIT $3::integer`,
    [input.organizationId, input.cursor ?? null, limit],
  );
  return { entries, nextCursor: entries.length === limit ? entries.at(-1)?.sequence : undefined };
}
