import Stripe from 'stripe';
import { type CheckoutOrder, PaymentProviderError } from '../payments/provider.ts';
import type {
  ChargeOutcome,
  ChargeRefusal,
  SavedMethod,
  SavedPayments,
  SetupView,
} from '../payments/saved-payments.ts';
import { toStripeAmount } from './amounts.ts';
import { causeOf, isMissing, stripeCall } from './failures.ts';

/** Whether what stands for an order's checkout is a payment that was made without one. */
export const isChargeId = (sessionId: string): boolean => sessionId.startsWith('pi_');

/** Cards that Stripe keeps: saved by Checkout in setup mode, charged by PaymentIntents while their owners are away. */
export function createSavedPayments(stripe: Stripe, siteUrl: string): SavedPayments {
  return {
    async createCustomer({ organizationId, email, name }) {
      const customer = {
        name,
        ...(email !== undefined && { email }),
        metadata: { bridge_organization_id: organizationId },
      };
      const create = stripe.customers.create(customer, { idempotencyKey: `customer:${organizationId}` });
      return (await stripeCall(create)).id;
    },
    async openSetup({ organizationId, customerId }) {
      const metadata = { bridge_organization_id: organizationId };
      const create = stripe.checkout.sessions.create({
        ...{ mode: 'setup', customer: customerId, payment_method_types: ['card'] },
        ...{ metadata, setup_intent_data: { metadata } },
        success_url: `${siteUrl}/console/billing?card=done`,
        cancel_url: `${siteUrl}/console/billing?card=left`,
      });
      const session = await stripeCall(create);
      if (!session.url) throw new PaymentProviderError('unavailable', 'stripe: a setup without an address');
      return { setupId: session.id, url: session.url };
    },
    async readSetup(setupId) {
      const expand = ['setup_intent.payment_method'];
      return setupViewOf(await stripeCall(stripe.checkout.sessions.retrieve(setupId, { expand })));
    },
    async forgetMethod(methodId) {
      try {
        await stripeCall(stripe.paymentMethods.detach(methodId));
      } catch (error) {
        if (!(error instanceof PaymentProviderError && error.failure === 'refused')) throw error;
      }
    },
    async openCharge(order, by) {
      const create = stripe.paymentIntents.create(chargeOf(order, by), {
        idempotencyKey: `order:${order.orderId}:charge`,
      });
      return (await stripeCall(create)).id;
    },
    async confirmCharge({ paymentId, methodId, attempt }) {
      const intent = await stripeCall(stripe.paymentIntents.retrieve(paymentId));
      // Tried before: what came of it stands in the payment, and a second try would be another charge's.
      if (intent.status !== 'requires_confirmation') return outcomeOf(intent);
      const by = { payment_method: methodId, off_session: true };
      const confirm = stripe.paymentIntents.confirm(paymentId, by, {
        idempotencyKey: `${paymentId}:confirm:${attempt}`,
      });
      return stripeCall(confirm).then(outcomeOf, outcomeOfFailure);
    },
  };
}

function chargeOf(
  order: CheckoutOrder,
  { customerId, methodId }: { readonly customerId: string; readonly methodId: string },
): Stripe.PaymentIntentCreateParams {
  return {
    amount: toStripeAmount(order.amountMinor, order.currency),
    ...{ currency: order.currency, customer: customerId, payment_method: methodId, payment_method_types: ['card'] },
    description: order.title,
    metadata: { bridge_order_id: order.orderId, bridge_organization_id: order.organizationId },
  };
}

function setupViewOf(session: Stripe.Checkout.Session): SetupView {
  const intent = typeof session.setup_intent === 'object' ? session.setup_intent : null;
  const method = typeof intent?.payment_method === 'object' ? intent?.payment_method : null;
  if (session.status === 'complete' && method) return { state: 'complete', method: methodOf(method) };
  return { state: session.status === 'expired' ? 'expired' : 'open', method: undefined };
}

const methodOf = ({ id, type, card }: Stripe.PaymentMethod): SavedMethod => ({
  ...{ id, brand: card?.brand ?? type, last4: card?.last4 ?? '' },
});

function outcomeOf({ status, last_payment_error: error }: Stripe.PaymentIntent): ChargeOutcome {
  if (status === 'requires_action') return { refused: 'authentication_required' };
  const isOver = status === 'succeeded' || status === 'processing' || !error;
  return isOver ? 'tried' : { refused: refusalOf(error.code) };
}

function outcomeOfFailure(error: unknown): ChargeOutcome {
  const cause = causeOf(error);
  if (cause instanceof Stripe.errors.StripeCardError) return { refused: refusalOf(cause.code) };
  if (isMissing(error)) return { refused: 'method_missing' };
  throw error;
}

function refusalOf(code: string | undefined): ChargeRefusal {
  return code === 'authentication_required' ? 'authentication_required' : 'declined';
}
