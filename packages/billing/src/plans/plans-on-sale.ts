import type { Sql } from '@ai-bridge/db';

/** N plan tokens for a price. */
export interface Plan {
  readonly id: string;
  readonly displayName: string | null;
  readonly tokens: bigint;
  readonly bonusTokens: bigint;
  /** Smallest unit of the currency. */
  readonly amountMinor: bigint;
  readonly currency: string;
}

const onSale = `
  SELECT id, display_name AS "displayName", tokens, bonus_tokens AS "bonusTokens", amount_minor AS "amountMinor", currency
  FROM plan WHERE enabled AND amount_minor > 0 AND coalesce(active_from, $1) <= $1 AND coalesce(active_until > $1, true)`;

/** What can be bought now, in the order of display. */
export function listPlansOnSale(sql: Sql, now: Date): Promise<Plan[]> {
  return sql.query<Plan>(`${onSale} ORDER BY display_order, amount_minor, id`, [now]);
}

/** A plan that can be bought now. */
export async function findPlanOnSale(sql: Sql, id: string, now: Date): Promise<Plan | undefined> {
  const [plan] = await sql.query<Plan>(`${onSale} AND id = $2`, [now, id]);
  return plan;
}
