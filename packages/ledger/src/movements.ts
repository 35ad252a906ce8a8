import type { KeysetPosition, Sql } from '@ai-bridge/db';
import { type StatementEntry, statementColumns } from './statement.ts';

const maxMovements = 200;

/**
 * An organization's credits, corrections, refunds and disputes by their time, newest first, without captures.
 * @param of.before what is older; `id` is a sequence
 * @param of.limit at most 200
 */
export function listMovements(
  sql: Sql,
  of: { readonly organizationId: string; readonly before?: KeysetPosition | undefined; readonly limit: number },
): Promise<StatementEntry[]> {
  return sql.query<StatementEntry>(
    `SELECT ${statementColumns}
     FROM ledger_entry
     WHERE organization_id = $1::text AND kind <> 'capture' AND kind <> 'overrun'
       AND 'customer' IN (split_part(debit_account, ':', 1), split_part(credit_account, ':', 1))
       AND ($2::timestamptz IS NULL OR (created_at, sequence) < ($2::timestamptz, $3::bigint))
     ORDER BY created_at DESC, sequence DESC LIMIT $4::integer`,
    [
      ...[of.organizationId, of.before?.at ?? null, of.before?.id ?? null],
      Math.max(1, Math.min(of.limit, maxMovements)),
    ],
  );
}
