import type { Sql } from '@ai-bridge/db';
import { nanoUsdPerPlanToken, newId } from '@ai-bridge/domain';
import { readBalance } from '@ai-bridge/ledger';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { orderTermMs, type Sold, whatIsSold } from '../orders/create-order.ts';
import { listPriceTerms } from '../orders/custom-amount.ts';
import { insertOrder } from '../orders/order-row.ts';
import { findPaymentMethod } from '../payment-methods/payment-method-row.ts';
import type { PaymentProvider } from '../payments/provider.ts';
import { type AutoTopUp, countTopUps, lockAutoTopUp, monthStart } from './auto-top-up.ts';
import { forEachOfThem } from './for-each-of-them.ts';
import { switchOff } from './switch-off.ts';

/** Organizations looked at in one run; the next run takes the rest. */
const maxPerRun = 50;

/**
 * Makes the orders of those whose balance has fallen under what they set: an order each, like any other, whose payment comes next. However many
 * processes look at once, one order is made: under the lock of what the customer agreed to, all of it is read again.
 * @returns how many were looked at
 */
export async function beginTopUps(deps: BillingDeps): Promise<number> {
  const provider = deps.providers.current;
  if (!provider) return 0;
  const now = deps.clock.now();
  const due = await deps.database.query<{ organizationId: string }>(
    `SELECT t.organization_id AS "organizationId"
     FROM auto_top_up t
     JOIN organization o ON o.id = t.organization_id AND o.status = 'active'
     LEFT JOIN balance b USING (organization_id)
     WHERE t.is_on AND t.next_attempt_at <= $1 AND b.frozen_at IS NULL AND coalesce(b.posted_nano_usd, 0) < t.below_nano_usd
       AND NOT EXISTS (SELECT FROM top_up u WHERE u.organization_id = t.organization_id AND u.state = 'open')
       AND t.max_per_month > (SELECT count(*) FROM top_up u WHERE u.organization_id = t.organization_id AND u.created_at >= $2
                              AND u.state IN ('open', 'paid'))
     ORDER BY t.next_attempt_at LIMIT ${maxPerRun}`,
    [new Date(now), monthStart(now)],
  );
  return forEachOfThem(due, ({ organizationId }) =>
    deps.database.transaction((sql) => begin(sql, deps, provider, organizationId)),
  );
}

async function begin(sql: Sql, deps: BillingDeps, provider: PaymentProvider, organizationId: string): Promise<boolean> {
  const now = new Date(deps.clock.now());
  const auto = await lockAutoTopUp(sql, organizationId);
  if (!auto?.isOn || auto.nextAttemptAt > now || !(await isDue(sql, auto, now))) return false;
  const method = await findPaymentMethod(sql, provider, organizationId);
  if (!method?.methodId) return switchOff(sql, deps, auto, 'method_missing');
  const sold = await agreedOffer(sql, auto, now);
  if (!sold) return switchOff(sql, deps, auto, 'offer_changed');
  const id = newId('top', now.getTime());
  const orderId = newId('ord', now.getTime());
  await insertOrder(sql, {
    ...sold,
    ...{ id: orderId, organizationId, creditNanoUsd: (sold.tokens + sold.bonusTokens) * nanoUsdPerPlanToken },
    ...{ clientKey: id, createdByUserId: auto.setByUserId, description: null, state: 'pending' },
    ...{ provider: provider.name, livemode: provider.livemode, sessionId: null, checkoutUrl: null, paymentId: null },
    ...{
      createdAt: now,
      expiresAt: new Date(now.getTime() + orderTermMs),
      paidAt: null,
      canceledAt: null,
      failures: 0,
    },
  });
  await sql.query(
    `INSERT INTO top_up (id, organization_id, order_id, method_id, created_at, next_attempt_at) VALUES ($1, $2, $3, $4, $5, $5)`,
    [id, organizationId, orderId, method.methodId, now],
  );
  return true;
}

/** Whether the balance is low, nothing is under way, and the month has room: read under the lock, so that nobody else changes it. */
async function isDue(sql: Sql, auto: AutoTopUp, now: Date): Promise<boolean> {
  const { organizationId } = auto;
  const balance = await readBalance(sql, organizationId);
  if (balance.frozen || balance.postedNanoUsd >= auto.belowNanoUsd) return false;
  const open = await sql.query(`SELECT id FROM top_up WHERE organization_id = $1 AND state = 'open'`, [organizationId]);
  return open.length === 0 && (await countTopUps(sql, organizationId, now.getTime())) < auto.maxPerMonth;
}

/** What was agreed to, as it is sold now; undefined where it is gone, or dearer than it was. */
async function agreedOffer(sql: Sql, auto: AutoTopUp, now: Date): Promise<Sold | undefined> {
  const { planId, agreedAmountMinor: amountMinor, agreedCurrency } = auto;
  try {
    const sold = await whatIsSold(sql, planId === null ? { amountMinor, terms: listPriceTerms } : { planId }, now);
    return sold.currency === agreedCurrency && sold.amountMinor <= amountMinor ? sold : undefined;
  } catch (error) {
    if (error instanceof BillingError) return undefined;
    throw error;
  }
}
