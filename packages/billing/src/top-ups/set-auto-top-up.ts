import { nanoUsdPerPlanToken } from '@ai-bridge/domain';
import { type BillingActor, writeAudit } from '../audit.ts';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { whatIsSold } from '../orders/create-order.ts';
import { listPriceTerms } from '../orders/custom-amount.ts';
import { findPaymentMethod } from '../payment-methods/payment-method-row.ts';

export const maxTopUpsPerMonth = 31;

export interface AutoTopUpWish {
  readonly organizationId: string;
  readonly belowNanoUsd: bigint;
  /** A plan on sale, or an amount of the customer's own at list price. */
  readonly wish: { readonly planId: string } | { readonly amountMinor: bigint };
  readonly maxPerMonth: number;
  readonly actor: BillingActor & { readonly userId: string };
}

/**
 * Switches automatic buying on, or changes it. The price of now is what the customer agrees to; a dearer one is asked again. One purchase has to
 * lift any balance over the threshold, or it would buy several times in a row.
 * @throws BillingError payments_unavailable, payment_method_needed, plan_not_on_sale, amount_invalid, top_up_invalid
 */
export async function setAutoTopUp(deps: BillingDeps, input: AutoTopUpWish): Promise<void> {
  const { organizationId, belowNanoUsd, maxPerMonth, actor } = input;
  const provider = deps.providers.current;
  if (!provider) throw new BillingError('payments_unavailable', 'payments are not set up here');
  const now = new Date(deps.clock.now());
  await deps.database.transaction(async (sql) => {
    const method = await findPaymentMethod(sql, provider, organizationId);
    if (!method?.methodId) throw new BillingError('payment_method_needed', 'save a card first');
    const wish = 'planId' in input.wish ? input.wish : { ...input.wish, terms: listPriceTerms };
    const sold = await whatIsSold(sql, wish, now);
    const creditNanoUsd = (sold.tokens + sold.bonusTokens) * nanoUsdPerPlanToken;
    if (belowNanoUsd <= 0n || belowNanoUsd > creditNanoUsd) {
      throw new BillingError(
        'top_up_invalid',
        'expected a threshold above zero, and not above what one purchase brings',
      );
    }
    if (!Number.isInteger(maxPerMonth) || maxPerMonth < 1 || maxPerMonth > maxTopUpsPerMonth) {
      throw new BillingError('top_up_invalid', `expected from 1 to ${maxTopUpsPerMonth} purchases a month`);
    }
    const [before] = await sql.query<Readonly<Record<string, string | null>>>(
      `SELECT below_nano_usd::text AS "belowNanoUsd", plan_id AS plan, agreed_amount_minor::text AS "amountMinor",
         agreed_currency AS currency, max_per_month::text AS "maxPerMonth"
       FROM auto_top_up WHERE organization_id = $1 AND is_on FOR UPDATE`,
      [organizationId],
    );
    await sql.query(
      `INSERT INTO auto_top_up (organization_id, is_on, below_nano_usd, plan_id, agreed_amount_minor, agreed_currency, max_per_month,
         set_by_user_id, next_attempt_at)
       VALUES ($1, true, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (organization_id) DO UPDATE SET is_on = true, below_nano_usd = excluded.below_nano_usd, plan_id = excluded.plan_id,
         agreed_amount_minor = excluded.agreed_amount_minor, agreed_currency = excluded.agreed_currency,
         max_per_month = excluded.max_per_month, set_by_user_id = excluded.set_by_user_id, next_attempt_at = excluded.next_attempt_at,
         declines = 0, off_reason = NULL`,
      [organizationId, belowNanoUsd, sold.planId, sold.amountMinor, sold.currency, maxPerMonth, actor.userId, now],
    );
    const to = {
      ...{ belowNanoUsd: `${belowNanoUsd}`, plan: sold.planId, amountMinor: `${sold.amountMinor}` },
      ...{ currency: sold.currency, maxPerMonth: `${maxPerMonth}` },
    };
    const detail = { from: before ?? null, to };
    await writeAudit(sql, actor, { action: 'autoTopUp.set', target: organizationId, organizationId, detail });
  });
}

/** Switches it off. A purchase that is under way and was not paid is called off by who pays it. */
export async function stopAutoTopUp(
  { database }: BillingDeps,
  { organizationId, actor }: { readonly organizationId: string; readonly actor: BillingActor },
): Promise<void> {
  await database.transaction(async (sql) => {
    const rows = await sql.query(
      `UPDATE auto_top_up SET is_on = false, off_reason = NULL WHERE organization_id = $1 AND is_on RETURNING organization_id`,
      [organizationId],
    );
    if (rows.length === 0) return;
    await writeAudit(sql, actor, { action: 'autoTopUp.stop', target: organizationId, organizationId });
  });
}
