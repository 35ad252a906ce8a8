import type { Sql } from '@ai-bridge/db';
import { type Month, monthSpan } from '@ai-bridge/domain';

const facts = `
  key, min(kind) AS kind, min(reason) AS reason, min(created_at) AS at,
  sum(ledger_effect(debit_account, credit_account, amount_nano_usd))::bigint AS "amountNanoUsd"`;
const ofCustomer = `
  organization_id = $1::text AND kind <> 'capture' AND kind <> 'overrun'
  AND ledger_effect(debit_account, credit_account, amount_nano_usd) <> 0`;

/** A fact that moved a customer's credit and is no capture. */
export interface MonthEntry {
  /** The fact's own key, for example order:<id>:paid. */
  readonly key: string;
  readonly kind: 'grant' | 'order' | 'adjust' | 'refund' | 'dispute';
  /** Above zero: credit came in. */
  readonly amountNanoUsd: bigint;
  readonly reason: string | null;
  readonly at: Date;
}

/** How many entries a statement can list. */
export const maxMonthEntries = 10_000;

/**
 * An organization's credits, corrections, refunds and disputes of a month, oldest first, without the captures (which are in its usage) and
 * without what moves between the house's own accounts. Paid and granted parts of one fact are one entry.
 * @param of.limit at most `maxMonthEntries`
 * @returns the first of them, and how many there are
 */
export async function listMonthEntries(
  sql: Sql,
  of: { readonly organizationId: string; readonly month: Month; readonly limit: number },
): Promise<{ entries: MonthEntry[]; count: bigint }> {
  const { from, to } = monthSpan(of.month);
  const rows = await sql.query<MonthEntry & { count: bigint }>(
    `SELECT ${facts}, count(*) OVER () AS count
     FROM ledger_entry
     WHERE ${ofCustomer} AND created_at >= $2::timestamptz AND created_at < $3::timestamptz
     GROUP BY key ORDER BY min(sequence) LIMIT $4::integer`,
    [of.organizationId, from, to, Math.max(1, Math.min(of.limit, maxMonthEntries))],
  );
  return { entries: rows.map(({ count: _, ...entry }) => entry), count: rows[0]?.count ?? 0n };
}

const maxLatest = 201;

/**
 * The same facts of all months, newest first.
 * @param of.before a fact's own place: those that were written before it
 * @param of.limit at most 201: a page, and whether there is another one
 */
export function listLatestEntries(
  sql: Sql,
  of: {
    readonly organizationId: string;
    readonly before?: bigint | undefined;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<(MonthEntry & { readonly place: bigint })[]> {
  // By the fact's first entry, after its parts were put together: those of two facts may lie mixed.
  return sql.query(
    `SELECT ${facts}, min(sequence) AS place
     FROM ledger_entry WHERE ${ofCustomer}
     GROUP BY key HAVING $2::bigint IS NULL OR min(sequence) < $2::bigint
     ORDER BY place DESC LIMIT $3::integer OFFSET $4::integer`,
    [of.organizationId, of.before ?? null, Math.max(1, Math.min(of.limit, maxLatest)), Math.max(0, of.offset)],
  );
}
