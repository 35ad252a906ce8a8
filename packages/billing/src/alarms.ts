import type { Sql } from '@ai-bridge/db';
import { type BillingActor, writeAudit } from './audit.ts';

/**
 * What a person has to look at.
 * payment_mismatch: what was paid is not what the order asks for, nothing was credited; wrong_mode, other_account: an event that is not ours;
 * event_failed: an event could not be applied; refund_stuck: the provider takes no word of a refund; refund_failed: the money did not arrive
 * and its credit is back; refund_adopted: somebody made it at the provider; refund_shortfall, dispute_lost: money left whose tokens were
 * used; dispute_opened; order_stuck: an order cannot be looked at; reconcile_limit: more was to compare than one run takes;
 * books_drift: a projection of the ledger is not what its entries say; charges_differ: the ledger took something else than requests were charged;
 * sold_below_cost: a model cost more on a day than it was charged.
 */
export type AlarmKind =
  | 'payment_mismatch'
  | 'wrong_mode'
  | 'other_account'
  | 'event_failed'
  | 'refund_stuck'
  | 'refund_failed'
  | 'refund_adopted'
  | 'refund_shortfall'
  | 'dispute_opened'
  | 'dispute_lost'
  | 'order_stuck'
  | 'reconcile_limit'
  | 'books_drift'
  | 'charges_differ'
  | 'sold_below_cost';

export interface Alarm {
  readonly kind: AlarmKind;
  /** The order, refund, dispute or event: one alarm of a kind each, however often it is seen. */
  readonly subject: string;
  readonly organizationId?: string | undefined;
  readonly detail: Readonly<Record<string, string | null>>;
}

export interface OpenAlarm extends Alarm {
  readonly id: bigint;
  readonly createdAt: Date;
}

const maxAlarmsListed = 200;

export async function raiseAlarm(sql: Sql, alarm: Alarm): Promise<void> {
  await sql.query(
    `INSERT INTO payment_alarm (kind, subject, organization_id, detail) VALUES ($1, $2, $3, $4::text::jsonb)
     ON CONFLICT (kind, subject) DO NOTHING`,
    [alarm.kind, alarm.subject, alarm.organizationId ?? null, JSON.stringify(alarm.detail)],
  );
}

/** The same for what can come back: an alarm that was dealt with is open again, and one that is open says what is so now. */
export async function raiseAlarmAgain(sql: Sql, alarm: Alarm): Promise<void> {
  await raiseAlarm(sql, alarm);
  await sql.query(
    `UPDATE payment_alarm SET detail = $3::text::jsonb, created_at = CASE WHEN resolved_at IS NULL THEN created_at ELSE now() END,
       resolved_at = NULL, resolved_by_user_id = NULL
     WHERE kind = $1 AND subject = $2`,
    [alarm.kind, alarm.subject, JSON.stringify(alarm.detail)],
  );
}

/** The same for what goes on: an alarm that is open says what is so now, and one that was dealt with stays so. */
export async function tellAlarm(sql: Sql, alarm: Alarm): Promise<void> {
  await sql.query(
    `INSERT INTO payment_alarm AS known (kind, subject, organization_id, detail) VALUES ($1, $2, $3, $4::text::jsonb)
     ON CONFLICT (kind, subject) DO UPDATE SET detail = excluded.detail WHERE known.resolved_at IS NULL`,
    [alarm.kind, alarm.subject, alarm.organizationId ?? null, JSON.stringify(alarm.detail)],
  );
}

/** How many alarms nobody has dealt with yet. @param kind only those of a kind */
export async function countOpenAlarms(sql: Sql, kind?: AlarmKind): Promise<number> {
  const [row] = await sql.query<{ open: bigint }>(
    'SELECT count(*) AS open FROM payment_alarm WHERE resolved_at IS NULL AND ($1::text IS NULL OR kind = $1)',
    [kind ?? null],
  );
  return Number(row?.open ?? 0n);
}

/** What nobody has dealt with yet, newest first. @param subjects only what is about these orders, refunds, disputes, events */
export function listOpenAlarms(sql: Sql, subjects?: readonly string[]): Promise<OpenAlarm[]> {
  return sql.query<OpenAlarm>(
    `SELECT id, kind, subject, organization_id AS "organizationId", detail, created_at AS "createdAt"
     FROM payment_alarm WHERE resolved_at IS NULL AND ($1::text[] IS NULL OR subject = ANY ($1::text[]))
     ORDER BY id DESC LIMIT ${maxAlarmsListed}`,
    [subjects ?? null],
  );
}

/** Somebody has dealt with it. @returns false where somebody had before */
export async function resolveAlarm(sql: Sql, id: bigint, actor: BillingActor): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE payment_alarm SET resolved_at = now(), resolved_by_user_id = $2 WHERE id = $1 AND resolved_at IS NULL
     RETURNING id`,
    [id, actor.userId ?? null],
  );
  if (rows.length > 0) await writeAudit(sql, actor, { action: 'alarm.resolve', target: String(id) });
  return rows.length > 0;
}
