import type { Store, StripeObject } from './store.ts';

export interface PayOptions {
  /** Something else than the session asks for, as no honest Stripe would have it. */
  readonly amount?: number;
  readonly currency?: string;
}

/** The customer pays by a method that answers at once. */
export function pay(store: Store, session: StripeObject, options: PayOptions = {}): void {
  const intent = begin(store, session, 'succeeded', options);
  session.payment_status = 'paid';
  succeed(store, intent);
  store.tell('checkout.session.completed', session);
}

/** The customer chooses a method whose money arrives later, or never. */
export function payLater(store: Store, session: StripeObject): void {
  begin(store, session, 'processing', {});
  store.tell('checkout.session.completed', session);
}

export function arrive(store: Store, session: StripeObject): void {
  session.payment_status = 'paid';
  succeed(store, store.get(String(session.payment_intent), 'payment_intent'));
  store.tell('checkout.session.async_payment_succeeded', session);
}

export function bounce(store: Store, session: StripeObject): void {
  const intent = store.get(String(session.payment_intent), 'payment_intent');
  intent.status = 'requires_payment_method';
  store.tell('payment_intent.payment_failed', intent);
  store.tell('checkout.session.async_payment_failed', session);
}

function begin(store: Store, session: StripeObject, status: string, options: PayOptions): StripeObject {
  if (session.status !== 'open') throw new Error(`the session is ${session.status}`);
  session.amount_total = options.amount ?? session.amount_total;
  session.currency = options.currency ?? session.currency;
  const { metadata } = session.payment_intent_data as { metadata: unknown };
  const intent = store.add('pi', 'payment_intent', {
    ...{
      amount: session.amount_total,
      amount_received: 0,
      currency: session.currency,
      status,
      metadata,
      latest_charge: null,
    },
  });
  session.payment_intent = intent.id;
  session.status = 'complete';
  session.url = null;
  return intent;
}

/** The money of a payment is there. */
export function succeed(store: Store, intent: StripeObject): void {
  const charge = store.add('ch', 'charge', {
    ...{ amount: intent.amount, amount_captured: intent.amount, amount_refunded: 0, currency: intent.currency },
    ...{ payment_intent: intent.id, paid: true, captured: true, refunded: false, disputed: false, status: 'succeeded' },
    receipt_url: `https://pay.stripe.example/receipts/${intent.id}`,
  });
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  intent.latest_charge = charge.id;
  store.tell('charge.succeeded', charge);
  store.tell('payment_intent.succeeded', intent);
}

export function chargeOf(store: Store, intentId: string): StripeObject {
  return store.get(String(store.get(intentId, 'payment_intent').latest_charge), 'charge');
}
