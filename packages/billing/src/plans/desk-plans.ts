import type { Database, Sql } from '@ai-bridge/db';
import { type BillingActor, writeAudit } from '../audit.ts';
import { BillingError } from '../billing-error.ts';
import type { Plan } from './plans-on-sale.ts';

/** What staff write of a plan. Orders keep a snapshot: no change reaches what was sold. */
export interface PlanSettings {
  /** What customers read; null: its id. */
  readonly displayName: string | null;
  readonly tokens: bigint;
  readonly bonusTokens: bigint;
  /** Smallest unit of the currency, above zero. */
  readonly amountMinor: bigint;
  /** Lower case, for example usd. */
  readonly currency: string;
  /** On sale from (null: always) and until (null: for ever). */
  readonly activeFrom: Date | null;
  readonly activeUntil: Date | null;
  /** Smaller stands first. */
  readonly displayOrder: number;
}

/** A plan as staff see it, on sale or not. */
export interface DeskPlan extends Plan, PlanSettings {
  readonly enabled: boolean;
  /** console: the staff's; config: a configuration file's, and changed only there. */
  readonly origin: 'console' | 'config';
}

const deskColumns = `id, display_name AS "displayName", tokens, bonus_tokens AS "bonusTokens", amount_minor AS "amountMinor", currency,
  active_from AS "activeFrom", active_until AS "activeUntil", display_order AS "displayOrder", enabled, origin`;

/** All plans, in the order of display. */
export function listPlans(sql: Sql): Promise<DeskPlan[]> {
  return sql.query<DeskPlan>(`SELECT ${deskColumns} FROM plan ORDER BY display_order, amount_minor, id`);
}

/** @throws BillingError plan_taken, plan_invalid */
export function createPlan(
  database: Database,
  plan: PlanSettings & { readonly id: string },
  actor: BillingActor,
): Promise<void> {
  checkPlan(plan);
  return database.transaction(async (sql) => {
    const rows = await sql.query(
      `INSERT INTO plan (id, display_name, tokens, bonus_tokens, amount_minor, currency, active_from, active_until, display_order)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [plan.id, ...valuesOf(plan)],
    );
    if (rows.length === 0) throw new BillingError('plan_taken', 'expected an id that is free');
    await writeAudit(sql, actor, { action: 'plan.create', target: plan.id, detail: detailOf(plan) });
  });
}

/** @throws BillingError not_found, plan_owned_by_file, plan_invalid */
export function updatePlan(
  database: Database,
  plan: PlanSettings & { readonly id: string },
  actor: BillingActor,
): Promise<void> {
  checkPlan(plan);
  return database.transaction(async (sql) => {
    const before = await lockOwnPlan(sql, plan.id);
    await sql.query(
      `UPDATE plan SET display_name = $2, tokens = $3, bonus_tokens = $4, amount_minor = $5, currency = $6, active_from = $7,
         active_until = $8, display_order = $9 WHERE id = $1`,
      [plan.id, ...valuesOf(plan)],
    );
    await writeAudit(sql, actor, {
      ...{ action: 'plan.update', target: plan.id },
      detail: { from: detailOf(before), to: detailOf(plan) },
    });
  });
}

/** Puts a plan on sale or takes it off. @throws BillingError not_found, plan_owned_by_file */
export function setPlanEnabled(
  database: Database,
  of: { readonly id: string; readonly enabled: boolean },
  actor: BillingActor,
): Promise<void> {
  return database.transaction(async (sql) => {
    await lockOwnPlan(sql, of.id);
    await sql.query('UPDATE plan SET enabled = $2 WHERE id = $1', [of.id, of.enabled]);
    await writeAudit(sql, actor, { action: of.enabled ? 'plan.enable' : 'plan.disable', target: of.id });
  });
}

async function lockOwnPlan(sql: Sql, id: string): Promise<PlanSettings> {
  const [row] = await sql.query<PlanSettings & { origin: string }>(
    `SELECT origin, display_name AS "displayName", tokens, bonus_tokens AS "bonusTokens", amount_minor AS "amountMinor", currency,
       active_from AS "activeFrom", active_until AS "activeUntil", display_order AS "displayOrder"
     FROM plan WHERE id = $1 FOR UPDATE`,
    [id],
  );
  if (!row) throw new BillingError('not_found', 'there is no such plan');
  if (row.origin !== 'console') throw new BillingError('plan_owned_by_file', 'a configuration file owns this plan');
  return row;
}

function checkPlan({ tokens, bonusTokens, amountMinor, activeFrom, activeUntil }: PlanSettings): void {
  if (tokens < 1n || bonusTokens < 0n || amountMinor < 1n) {
    throw new BillingError('plan_invalid', 'expected tokens above zero and a price of at least one unit');
  }
  if (activeFrom && activeUntil && activeUntil <= activeFrom) {
    throw new BillingError('plan_invalid', 'expected an end after the beginning');
  }
}

const valuesOf = (plan: PlanSettings) => [
  ...[plan.displayName, plan.tokens, plan.bonusTokens, plan.amountMinor, plan.currency],
  ...[plan.activeFrom, plan.activeUntil, plan.displayOrder],
];

const detailOf = (plan: PlanSettings) => ({
  ...{ tokens: `${plan.tokens}`, bonusTokens: `${plan.bonusTokens}`, amountMinor: `${plan.amountMinor}` },
  ...{ currency: plan.currency, displayName: plan.displayName },
  activeFrom: plan.activeFrom?.toISOString() ?? null,
  activeUntil: plan.activeUntil?.toISOString() ?? null,
  displayOrder: `${plan.displayOrder}`,
});
