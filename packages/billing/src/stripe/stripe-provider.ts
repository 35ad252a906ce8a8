import type { Clock } from '@ai-bridge/domain';
import Stripe from 'stripe';
import type { CheckoutOrder, PaymentProvider, PaymentView, ProviderRefundInput } from '../payments/provider.ts';
import { PaymentProviderError } from '../payments/provider.ts';
import { toStripeAmount } from './amounts.ts';
import { checkStripeKeys } from './check-keys.ts';
import { stripeCall } from './failures.ts';
import { findStripeSession } from './find-session.ts';
import { listStripeChanges } from './list-changes.ts';
import { readStripeEvent } from './read-event.ts';
import { createSavedPayments, isChargeId } from './saved-cards.ts';
import type { StripeSettings } from './settings.ts';
import { chargeViewOf, paymentViewOf, refundIdKey, refundOf } from './views.ts';

/** The version that this code was written against: another one would change what answers mean. */
const apiVersion = '2026-10-28.endive';
/** One try of a call, and how often the library tries again by itself (under the same idempotency key). */
const callTimeoutMs = 15_000;
const maxNetworkRetries = 2;
/** Refunds and disputes of one payment. */
const maxPerPayment = 100;

export interface StripeDeps {
  readonly settings: StripeSettings;
  readonly clock: Clock;
  /** Where customers come back to, such as https://bridge.example: pages of an order are below it. */
  readonly siteUrl: string;
}

/** Stripe Checkout in payment mode, with whichever payment methods the account has switched on. */
export function createStripeProvider({ settings, clock, siteUrl }: StripeDeps): PaymentProvider {
  const stripe = new Stripe(settings.secretKey, {
    ...{ apiVersion, timeout: callTimeoutMs, maxNetworkRetries, telemetry: false, ...hostOf(settings.apiBase) },
  });

  async function readPayment(sessionId: string): Promise<PaymentView> {
    if (isChargeId(sessionId)) {
      const intent = await stripeCall(stripe.paymentIntents.retrieve(sessionId));
      return chargeViewOf(intent, ...(await readMatters(intent.id)));
    }
    const session = await stripeCall(stripe.checkout.sessions.retrieve(sessionId, { expand: ['payment_intent'] }));
    const intent = session.payment_intent;
    if (!intent) return paymentViewOf(session, [], []);
    return paymentViewOf(session, ...(await readMatters(typeof intent === 'string' ? intent : intent.id)));
  }

  /** The refunds and disputes of a payment, oldest first: Stripe's newest come first. */
  async function readMatters(intentId: string): Promise<[Stripe.Refund[], Stripe.Dispute[]]> {
    const of = { payment_intent: intentId, limit: maxPerPayment };
    const [refunds, disputes] = await Promise.all([
      stripeCall(stripe.refunds.list(of)),
      stripeCall(stripe.disputes.list(of)),
    ]);
    return [refunds.data.toReversed(), disputes.data.toReversed()];
  }

  return {
    name: 'stripe',
    livemode: settings.livemode,
    saved: createSavedPayments(stripe, siteUrl),
    async openCheckout(order) {
      const create = stripe.checkout.sessions.create(checkoutOf(order, siteUrl), {
        idempotencyKey: `order:${order.orderId}`,
      });
      const session = await stripeCall(create);
      if (!session.url) throw new PaymentProviderError('unavailable', 'stripe: a checkout without an address');
      return { sessionId: session.id, url: session.url };
    },
    async closeCheckout(sessionId) {
      try {
        if (isChargeId(sessionId)) await stripeCall(stripe.paymentIntents.cancel(sessionId));
        else await stripeCall(stripe.checkout.sessions.expire(sessionId));
      } catch (error) {
        // It has ended meanwhile, one way or the other: who asks looks again.
        if (!(error instanceof PaymentProviderError && error.failure === 'refused')) throw error;
      }
    },
    readPayment,
    findSession: (notice) => findStripeSession(stripe, notice),
    async createRefund(refund) {
      const create = stripe.refunds.create(refundParams(refund), { idempotencyKey: `refund:${refund.refundId}` });
      return refundOf(await stripeCall(create));
    },
    async readReceiptUrl(paymentId) {
      const intent = await stripeCall(stripe.paymentIntents.retrieve(paymentId, { expand: ['latest_charge'] }));
      const charge = intent.latest_charge;
      return typeof charge === 'object' ? (charge?.receipt_url ?? undefined) : undefined;
    },
    listChanges: (since) => listStripeChanges(stripe, since),
    checkKeys: (webhookAddress) => checkStripeKeys(stripe, settings, webhookAddress),
    readEvent: (rawBody, signature) =>
      readStripeEvent(Stripe.webhooks, { rawBody, signature, secrets: settings.webhookSecrets, nowMs: clock.now() }),
  };
}

function hostOf(apiBase: URL | undefined): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (!apiBase) return {};
  const isPlain = apiBase.protocol === 'http:';
  return { host: apiBase.hostname, port: apiBase.port || (isPlain ? 80 : 443), protocol: isPlain ? 'http' : 'https' };
}

function checkoutOf(order: CheckoutOrder, siteUrl: string): Stripe.Checkout.SessionCreateParams {
  const metadata = { bridge_order_id: order.orderId, bridge_organization_id: order.organizationId };
  const price = { currency: order.currency, unit_amount: toStripeAmount(order.amountMinor, order.currency) };
  return {
    mode: 'payment',
    client_reference_id: order.orderId,
    line_items: [{ quantity: 1, price_data: { ...price, product_data: { name: order.title } } }],
    // Customers pay the currency and the amount that the order names.
    adaptive_pricing: { enabled: false },
    expires_at: Math.floor(order.expiresAt.getTime() / 1000),
    metadata,
    payment_intent_data: { metadata },
    success_url: `${siteUrl}/console/orders/${order.orderId}?checkout=done`,
    cancel_url: `${siteUrl}/console/orders/${order.orderId}?checkout=left`,
  };
}

function refundParams(refund: ProviderRefundInput): Stripe.RefundCreateParams {
  return {
    payment_intent: refund.paymentId,
    amount: toStripeAmount(refund.amountMinor, refund.currency),
    metadata: { [refundIdKey]: refund.refundId, bridge_order_id: refund.orderId },
  };
}
