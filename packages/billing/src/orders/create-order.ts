import type { Sql } from '@ai-bridge/db';
import { nanoUsdPerPlanToken, newId } from '@ai-bridge/domain';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { type PaymentProvider, PaymentProviderError } from '../payments/provider.ts';
import { findPlanOnSale } from '../plans/plans-on-sale.ts';
import { type CustomAmountTerms, tokensOfAmount } from './custom-amount.ts';
import { findOrderByClientKey, insertOrder, type Order } from './order-row.ts';

export interface CreateOrderInput {
  readonly organizationId: string;
  readonly userId: string | undefined;
  /** Made where the customer clicks: the same key is the same order, however often it arrives. */
  readonly clientKey: string;
  /** A plan on sale, or an amount of the customer's own at the site's terms. */
  readonly wish: { readonly planId: string } | { readonly amountMinor: bigint; readonly terms: CustomAmountTerms };
  /** The customer's own note, at most `maxDescriptionLength`. */
  readonly description?: string | undefined;
}

/** An order that can be paid, and where. */
export interface OpenOrder {
  readonly orderId: string;
  readonly checkoutUrl: string;
}

/** How long an order waits for its payment. Stripe takes 30 minutes to 24 hours. */
export const orderTermMs = 60 * 60_000;
/** Stripe wants half an hour between making a checkout and its end: an order that has none by then gets none any more. */
const openWithinMs = 25 * 60_000;
export const clientKeyPattern = /^[\w-]{8,100}$/;
export const maxDescriptionLength = 200;

/**
 * Makes an order and the checkout that it is paid in. What it sells is read from our own tables and written into the order; nothing of it comes
 * from who asks. Repeated after any failure, it goes on where it was.
 * @throws BillingError plan_not_on_sale, amount_invalid, client_key_invalid, client_key_reused, order_closed, payments_unavailable,
 *   payment_provider_unavailable, payment_provider_refused
 */
export async function createOrder(deps: BillingDeps, input: CreateOrderInput): Promise<OpenOrder> {
  if (!clientKeyPattern.test(input.clientKey)) {
    throw new BillingError('client_key_invalid', 'expected 8 to 100 letters, digits, _ or -');
  }
  const order = (await findOrderByClientKey(deps.database, input)) ?? (await writeOrder(deps, input));
  if (!isWished(order, input.wish)) throw new BillingError('client_key_reused', 'this key began another order');
  const isPayable =
    order.state === 'pending' && order.canceledAt === null && order.expiresAt.getTime() > deps.clock.now();
  if (!isPayable) throw new BillingError('order_closed', 'this order is paid or closed: begin a new one');
  if (order.checkoutUrl !== null) return { orderId: order.id, checkoutUrl: order.checkoutUrl };
  if (deps.clock.now() > order.createdAt.getTime() + openWithinMs) {
    throw new BillingError('order_closed', 'this order was never opened: begin a new one');
  }
  const provider = deps.providers.find(order.provider);
  if (!provider) throw new BillingError('payments_unavailable', 'payments are not set up here');
  return openCheckout(deps, provider, order);
}

function isWished({ planId, amountMinor }: Order, wish: CreateOrderInput['wish']): boolean {
  return 'planId' in wish ? planId === wish.planId : planId === null && amountMinor === wish.amountMinor;
}

async function writeOrder(deps: BillingDeps, input: CreateOrderInput): Promise<Order> {
  const provider = deps.providers.current;
  if (!provider) throw new BillingError('payments_unavailable', 'payments are not set up here');
  const now = new Date(deps.clock.now());
  const sold = await whatIsSold(deps.database, input.wish, now);
  const creditNanoUsd = (sold.tokens + sold.bonusTokens) * nanoUsdPerPlanToken;
  await insertOrder(deps.database, {
    ...sold,
    ...{ creditNanoUsd, id: newId('ord', now.getTime()), organizationId: input.organizationId },
    ...{ clientKey: input.clientKey, createdByUserId: input.userId ?? null, state: 'pending' },
    description: input.description?.slice(0, maxDescriptionLength) || null,
    ...{ provider: provider.name, livemode: provider.livemode, sessionId: null, checkoutUrl: null, paymentId: null },
    ...{
      createdAt: now,
      expiresAt: new Date(now.getTime() + orderTermMs),
      paidAt: null,
      canceledAt: null,
      failures: 0,
    },
  });
  const order = await findOrderByClientKey(deps.database, input);
  if (!order) throw new Error('an order that was just written is not there');
  return order;
}

/** What an order sells, as it is written into it. */
export type Sold = Pick<Order, 'planId' | 'title' | 'tokens' | 'bonusTokens' | 'amountMinor' | 'currency'>;

/** What a wish comes to by our own tables, now. @throws BillingError plan_not_on_sale, amount_invalid */
export async function whatIsSold(sql: Sql, wish: CreateOrderInput['wish'], now: Date): Promise<Sold> {
  if ('planId' in wish) {
    const plan = await findPlanOnSale(sql, wish.planId, now);
    if (!plan) throw new BillingError('plan_not_on_sale', 'this plan cannot be bought now');
    const { id: planId, displayName, tokens, bonusTokens, amountMinor, currency } = plan;
    return { planId, title: displayName ?? planId, tokens, bonusTokens, amountMinor, currency };
  }
  const tokens = tokensOfAmount(wish.amountMinor, wish.terms);
  const { amountMinor } = wish;
  return {
    planId: null,
    title: `${tokens} tokens`,
    tokens,
    bonusTokens: 0n,
    amountMinor,
    currency: wish.terms.currency,
  };
}

async function openCheckout(deps: BillingDeps, provider: PaymentProvider, order: Order): Promise<OpenOrder> {
  try {
    const checkout = await provider.openCheckout({ ...order, orderId: order.id });
    const [opened] = await deps.database.query<{ canceledAt: Date | null }>(
      `UPDATE "order" SET session_id = coalesce(session_id, $2), checkout_url = coalesce(checkout_url, $3), last_error = NULL
       WHERE id = $1 RETURNING canceled_at AS "canceledAt"`,
      [order.id, checkout.sessionId, checkout.url],
    );
    if (opened?.canceledAt) {
      await provider.closeCheckout(checkout.sessionId);
      throw new BillingError('order_closed', 'this order was called off: begin a new one');
    }
    return { orderId: order.id, checkoutUrl: checkout.url };
  } catch (error) {
    if (!(error instanceof PaymentProviderError)) throw error;
    const isRefused = error.failure === 'refused';
    await deps.database.query(
      `UPDATE "order" SET last_error = $2, state = CASE WHEN $3::boolean THEN 'canceled' ELSE state END,
         next_look_at = CASE WHEN $3::boolean THEN NULL ELSE next_look_at END
       WHERE id = $1 AND state = 'pending' AND session_id IS NULL`,
      [order.id, error.message, isRefused],
    );
    if (isRefused)
      throw new BillingError('payment_provider_refused', 'the payment provider does not take this order', error);
    throw new BillingError('payment_provider_unavailable', 'the payment provider does not answer: try again', error);
  }
}
