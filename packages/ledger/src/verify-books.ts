import type { Sql } from '@ai-bridge/db';
import { movementOf, readWatermark } from './checkpoint.ts';

/** Two records of the same money that disagree. */
export interface Drift {
  /**
   * unknown_account: entries name an account that does not exist; account_lots: an account is not the sum of its lots;
   * balance_posted: a balance is not the sum of its accounts; balance_held: what it holds is not the sum of its leases;
   * set_aside: what refunds and disputes under way have taken is not what the house keeps of it; month_sums: the months of an organization's
   * statements do not come to its accounts.
   */
  readonly check: 'unknown_account' | 'account_lots' | 'balance_posted' | 'balance_held' | 'set_aside' | 'month_sums';
  /** An account for unknown_account, account_lots and set_aside, an organization for the others. */
  readonly subject: string;
  readonly expectedNanoUsd: bigint;
  readonly actualNanoUsd: bigint;
}

/**
 * Recomputes every projection from the entries and returns what disagrees; empty means that the books are sound. It reads all entries: for a
 * test, not for a request.
 */
export function verifyBooks(sql: Sql): Promise<Drift[]> {
  return compare(sql, movementOf('true'), []);
}

/** The same from the checkpoint on: it reads the entries since. Call it `inOneSnapshot`. */
export async function verifyRecentBooks(sql: Sql): Promise<Drift[]> {
  const since = (await readWatermark(sql)) ?? new Date(0);
  const movement = `
    SELECT account, sum(amount) AS amount FROM (
      SELECT account, amount_nano_usd AS amount FROM ledger_checkpoint
      UNION ALL ${movementOf('created_at >= $1::timestamptz')}
    ) part GROUP BY account`;
  return compare(sql, movement, [since]);
}

/** @param movement a query for what the entries of each account add up to, as rows of (account, amount) */
function compare(sql: Sql, movement: string, values: readonly unknown[]): Promise<Drift[]> {
  return sql.query<Drift>(
    `WITH movement AS MATERIALIZED (${movement}), customer AS (
      SELECT a.id, a.organization_id, coalesce(m.amount, 0) AS amount
      FROM ledger_account a LEFT JOIN movement m ON m.account = a.id
      WHERE a.organization_id IS NOT NULL
    ), lots AS (
      SELECT 'customer:' || organization_id || ':' || kind AS account, sum(left_nano_usd) AS amount
      FROM credit_lot GROUP BY organization_id, kind
    ), accounts AS (
      SELECT organization_id, sum(amount) AS amount FROM customer GROUP BY organization_id
    ), months AS (
      SELECT organization_id, sum(ordered_nano_usd + granted_nano_usd + adjusted_nano_usd + refunded_nano_usd + disputed_nano_usd
                                  - captured_nano_usd) AS amount
      FROM ledger_month GROUP BY organization_id
    ), leases AS (
      SELECT organization_id, sum(amount_nano_usd) AS amount FROM credit_lease GROUP BY organization_id
    ), aside AS (
      SELECT 'house:' || split_part(r.key, ':', 1) || 's' AS account, sum(r.amount_nano_usd) AS amount
      FROM credit_reserve r
      WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.key IN (r.key || ':settled', r.key || ':cancelled'))
      GROUP BY 1
    ), compared AS (
      SELECT 'unknown_account' AS "check", m.account AS subject, 0 AS expected, m.amount AS actual
      FROM movement m WHERE NOT EXISTS (SELECT FROM ledger_account a WHERE a.id = m.account) AND m.amount <> 0
      UNION ALL
      SELECT 'account_lots', coalesce(c.id, l.account), coalesce(c.amount, 0), coalesce(l.amount, 0)
      FROM customer c FULL JOIN lots l ON l.account = c.id
      UNION ALL
      SELECT 'balance_posted', coalesce(a.organization_id, b.organization_id), coalesce(a.amount, 0), coalesce(b.posted_nano_usd, 0)
      FROM accounts a FULL JOIN balance b ON b.organization_id = a.organization_id
      UNION ALL
      SELECT 'balance_held', coalesce(l.organization_id, b.organization_id), coalesce(l.amount, 0), coalesce(b.held_nano_usd, 0)
      FROM leases l FULL JOIN balance b ON b.organization_id = l.organization_id
      UNION ALL
      SELECT 'set_aside', a.id, coalesce(m.amount, 0), coalesce(s.amount, 0)
      FROM ledger_account a LEFT JOIN movement m ON m.account = a.id LEFT JOIN aside s ON s.account = a.id
      WHERE a.kind IN ('refunds', 'disputes')
      UNION ALL
      SELECT 'month_sums', coalesce(a.organization_id, m.organization_id), coalesce(a.amount, 0), coalesce(m.amount, 0)
      FROM accounts a FULL JOIN months m ON m.organization_id = a.organization_id
    )
    SELECT "check", subject, expected::bigint AS "expectedNanoUsd", actual::bigint AS "actualNanoUsd"
    FROM compared WHERE expected <> actual ORDER BY "check", subject`,
    values,
  );
}

const subjectIsOrganization: ReadonlySet<string> = new Set(['balance_posted', 'balance_held', 'month_sums']);
const customerAccount = /^customer:(.+):(?:paid|granted)$/;

/** The organization whose books disagree; undefined where it is the house's. */
export function organizationOfDrift({
  check,
  subject,
}: {
  readonly check: string;
  readonly subject: string;
}): string | undefined {
  return subjectIsOrganization.has(check) ? subject : customerAccount.exec(subject)?.[1];
}
