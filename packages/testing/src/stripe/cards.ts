import { StripeFailure } from './failure.ts';
import { type Form, integer, record, text } from './form.ts';
import { succeed } from './payments.ts';
import type { Store, StripeObject } from './store.ts';

/** How a saved card's bank answers while its owner is away. */
export type CardBehaviour = 'pays' | 'declines' | 'wants its owner' | 'pays later';

/** POST /v1/customers */
export function createCustomer(store: Store, form: Form): StripeObject {
  return store.add('cus', 'customer', {
    ...{ email: text(form, 'email') ?? null, name: text(form, 'name') ?? null },
    metadata: { ...record(form, 'metadata') },
  });
}

/** The customer saves a card on the page of a setup. @returns the card's id */
export function saveCard(store: Store, session: StripeObject, behaviour: CardBehaviour): string {
  if (session.mode !== 'setup' || session.status !== 'open') throw new Error(`the setup is ${session.status}`);
  const card = store.add('pm', 'payment_method', {
    ...{ type: 'card', customer: session.customer, behaviour },
    card: { brand: 'visa', last4: '4242' },
  });
  const intent = store.add('seti', 'setup_intent', { status: 'succeeded', payment_method: card.id });
  Object.assign(session, { status: 'complete', setup_intent: intent.id, url: null });
  store.tell('checkout.session.completed', session);
  return card.id;
}

/** POST /v1/payment_methods/:id/detach */
export function detachCard(card: StripeObject): StripeObject {
  if (card.customer === null) throw new StripeFailure(400, 'The payment method is not attached to a customer.');
  card.customer = null;
  return card;
}

const known = new Set([
  ...['amount', 'currency', 'customer', 'payment_method', 'payment_method_types', 'description', 'metadata', 'expand'],
]);

/** POST /v1/payment_intents */
export function createIntent(store: Store, form: Form): StripeObject {
  const unknown = Object.keys(form).find((name) => !known.has(name));
  if (unknown) throw new StripeFailure(400, `Received unknown parameter: ${unknown}`, { code: 'parameter_unknown' });
  const card = usableCard(store, text(form, 'payment_method') ?? '', text(form, 'customer'));
  const amount = integer(form, 'amount');
  if (amount === undefined || !Number.isSafeInteger(amount) || amount < 1)
    throw new StripeFailure(400, 'Invalid amount');
  return store.add('pi', 'payment_intent', {
    ...{ amount, amount_received: 0, currency: text(form, 'currency'), status: 'requires_confirmation' },
    ...{ customer: text(form, 'customer'), payment_method: card.id, latest_charge: null, last_payment_error: null },
    metadata: { ...record(form, 'metadata') },
  });
}

/** POST /v1/payment_intents/:id/confirm, with nobody there to answer the bank. */
export function confirmIntent(store: Store, intent: StripeObject, form: Form): StripeObject {
  if (intent.status !== 'requires_confirmation' && intent.status !== 'requires_payment_method') {
    throw new StripeFailure(400, `This PaymentIntent is ${intent.status}.`, {
      code: 'payment_intent_unexpected_state',
    });
  }
  if (text(form, 'off_session') !== 'true') throw new StripeFailure(400, 'Nobody is there to pay this.');
  const card = usableCard(store, text(form, 'payment_method') ?? '', String(intent.customer));
  if (card.behaviour === 'pays later') intent.status = 'processing';
  else if (card.behaviour === 'pays') succeed(store, intent);
  else refuse(store, intent, card.behaviour === 'declines' ? 'card_declined' : 'authentication_required');
  return intent;
}

/** POST /v1/payment_intents/:id/cancel */
export function cancelIntent(store: Store, intent: StripeObject): StripeObject {
  if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'processing') {
    throw new StripeFailure(400, `This PaymentIntent is ${intent.status}.`, {
      code: 'payment_intent_unexpected_state',
    });
  }
  intent.status = 'canceled';
  store.tell('payment_intent.canceled', intent);
  return intent;
}

function usableCard(store: Store, id: string, customer: string | undefined): StripeObject {
  const card = store.get(id, 'payment_method');
  if (card.customer === null || card.customer !== customer) {
    throw new StripeFailure(400, 'The PaymentMethod does not belong to this customer.', { code: 'resource_missing' });
  }
  return card;
}

function refuse(store: Store, intent: StripeObject, code: string): never {
  intent.status = 'requires_payment_method';
  intent.last_payment_error = { type: 'card_error', code };
  store.tell('payment_intent.payment_failed', intent);
  throw new StripeFailure(402, 'Your card was declined.', { type: 'card_error', code, isBegun: true });
}
