import type { Sql } from '@ai-bridge/db';
import type { ChargeRefusal } from '../payments/saved-payments.ts';

/** Why it was switched off by itself. */
export type TopUpOffReason = ChargeRefusal | 'offer_changed';

/** What an organization buys by itself, and when. */
export interface AutoTopUp {
  readonly organizationId: string;
  readonly isOn: boolean;
  /** It buys when the balance is under this. */
  readonly belowNanoUsd: bigint;
  /** Null: an amount of the customer's own. */
  readonly planId: string | null;
  /** What was agreed to be paid each time, at most. */
  readonly agreedAmountMinor: bigint;
  readonly agreedCurrency: string;
  /** Purchases in a calendar month (UTC). */
  readonly maxPerMonth: number;
  /** In a row. */
  readonly declines: number;
  /** Null: it is on, or somebody switched it off. */
  readonly offReason: TopUpOffReason | null;
  readonly setByUserId: string | null;
  readonly nextAttemptAt: Date;
}

export const autoTopUpColumns = `
  organization_id AS "organizationId", is_on AS "isOn", below_nano_usd AS "belowNanoUsd", plan_id AS "planId",
  agreed_amount_minor AS "agreedAmountMinor", agreed_currency AS "agreedCurrency", max_per_month AS "maxPerMonth", declines,
  off_reason AS "offReason", set_by_user_id AS "setByUserId", next_attempt_at AS "nextAttemptAt"`;

export async function findAutoTopUp(sql: Sql, organizationId: string): Promise<AutoTopUp | undefined> {
  const [row] = await sql.query<AutoTopUp>(`SELECT ${autoTopUpColumns} FROM auto_top_up WHERE organization_id = $1`, [
    organizationId,
  ]);
  return row;
}

/** The same, locked until the transaction ends: whoever begins or ends a top-up of an organization holds this first. */
export async function lockAutoTopUp(sql: Sql, organizationId: string): Promise<AutoTopUp | undefined> {
  const [row] = await sql.query<AutoTopUp>(
    `SELECT ${autoTopUpColumns} FROM auto_top_up WHERE organization_id = $1 FOR UPDATE`,
    [organizationId],
  );
  return row;
}

/** When the calendar month of a moment began, in UTC. */
export function monthStart(nowMs: number): Date {
  const now = new Date(nowMs);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
}

/** Purchases of this month that were paid or may still be: those count against the most that was agreed to. */
export async function countTopUps(sql: Sql, organizationId: string, nowMs: number): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM top_up
     WHERE organization_id = $1 AND created_at >= $2 AND state IN ('open', 'paid')`,
    [organizationId, monthStart(nowMs)],
  );
  return row?.count ?? 0;
}
