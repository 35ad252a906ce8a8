import type Stripe from 'stripe';
import type { DisputeState } from '../disputes/dispute-states.ts';
import type { PaymentView, ProviderDispute, ProviderRefund } from '../payments/provider.ts';
import { fromStripeAmount } from './amounts.ts';

/** Where a refund's id is written, so that one whose answer was lost is known again. */
export const refundIdKey = 'bridge_refund_id';

export const idOf = (reference: string | { readonly id: string } | null | undefined): string | undefined =>
  typeof reference === 'string' ? reference : reference?.id;

/** Stripe's objects of one checkout, as billing sees them. */
export function paymentViewOf(
  session: Stripe.Checkout.Session,
  refunds: readonly Stripe.Refund[],
  disputes: readonly Stripe.Dispute[],
): PaymentView {
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null;
  const currency = session.currency ?? '';
  const total = session.amount_total ?? 0;
  // What was asked for and what came in are one amount; where they differ, the smaller one is what we believe.
  const received = Math.min(total, intent?.amount_received ?? total);
  return {
    checkout: checkoutStates[session.status ?? ''] ?? 'open',
    payment: paymentOf(session, intent),
    paymentId: idOf(session.payment_intent),
    paidMinor: fromStripeAmount(received, currency),
    ...{ currency, livemode: session.livemode },
    refunds: refunds.map(refundOf),
    disputes: disputes.map(disputeOf),
  };
}

/** The same for a payment without a checkout: a saved card was charged while its owner was away. */
export function chargeViewOf(
  intent: Stripe.PaymentIntent,
  refunds: readonly Stripe.Refund[],
  disputes: readonly Stripe.Dispute[],
): PaymentView {
  const { status, currency, livemode } = intent;
  const hasFailed = status === 'canceled' && intent.last_payment_error != null;
  return {
    checkout: chargeStates[status] ?? 'open',
    payment: status === 'succeeded' ? 'paid' : status === 'processing' ? 'processing' : hasFailed ? 'failed' : 'none',
    paymentId: intent.id,
    paidMinor: fromStripeAmount(Math.min(intent.amount, intent.amount_received), currency),
    ...{ currency, livemode },
    refunds: refunds.map(refundOf),
    disputes: disputes.map(disputeOf),
  };
}

/** One that failed can be tried again until it is canceled: so it is open. */
const chargeStates: Readonly<Record<string, PaymentView['checkout']>> = {
  succeeded: 'complete',
  processing: 'complete',
  canceled: 'expired',
};

const checkoutStates: Readonly<Record<string, PaymentView['checkout']>> = { complete: 'complete', expired: 'expired' };

function paymentOf(session: Stripe.Checkout.Session, intent: Stripe.PaymentIntent | null): PaymentView['payment'] {
  if (session.payment_status !== 'unpaid') return 'paid';
  if (session.status === 'open') return 'none';
  if (intent?.status === 'canceled' || intent?.status === 'requires_payment_method') return 'failed';
  return session.status === 'complete' ? 'processing' : 'none';
}

const refundStates: Readonly<Record<string, ProviderRefund['state']>> = {
  pending: 'submitted',
  requires_action: 'submitted',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
};

export function refundOf(refund: Stripe.Refund): ProviderRefund {
  const status = refund.status ?? 'pending';
  return {
    ...{ id: refund.id, status, refundId: refund.metadata?.[refundIdKey] },
    // A word that is new to us ends nothing.
    state: refundStates[status] ?? 'submitted',
    amountMinor: fromStripeAmount(refund.amount, refund.currency),
  };
}

const disputeStates: Readonly<Record<string, DisputeState>> = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: 'won',
  prevented: 'won',
  needs_response: 'open',
  under_review: 'open',
  won: 'won',
  lost: 'lost',
  // The money is with the bank until the appeal is won.
  appeal_needs_response: 'lost',
  appeal_under_review: 'lost',
};

export function disputeOf(dispute: Stripe.Dispute): ProviderDispute {
  return {
    ...{
      id: dispute.id,
      status: dispute.status,
      state: disputeStates[dispute.status] ?? 'open',
      reason: dispute.reason,
    },
    amountMinor: fromStripeAmount(dispute.amount, dispute.currency),
  };
}
