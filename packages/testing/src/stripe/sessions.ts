import { StripeFailure } from './failure.ts';
import { type Form, integer, record, text } from './form.ts';
import type { Store, StripeObject } from './store.ts';

const minTermSeconds = 30 * 60;
const maxTermSeconds = 24 * 60 * 60;
/** Stripe's smallest charge, in the smallest unit of most currencies. */
const minAmount = 50;
const known = new Set([
  ...['mode', 'client_reference_id', 'line_items', 'adaptive_pricing', 'expires_at', 'metadata', 'payment_intent_data'],
  ...['success_url', 'cancel_url', 'customer_email', 'locale', 'expand'],
  ...['customer', 'payment_method_types', 'setup_intent_data'],
]);

/** POST /v1/checkout/sessions */
export function createSession(store: Store, form: Form, origin: string): StripeObject {
  const unknown = Object.keys(form).find((name) => !known.has(name));
  if (unknown) throw new StripeFailure(400, `Received unknown parameter: ${unknown}`, { code: 'parameter_unknown' });
  if (!text(form, 'success_url')) throw new StripeFailure(400, 'Missing required param: success_url.');
  if (text(form, 'mode') === 'setup') return createSetup(store, form, origin);
  if (text(form, 'mode') !== 'payment') throw new StripeFailure(400, 'You must specify `mode`.');
  const line = record(record(form, 'line_items'), '0');
  const price = record(line, 'price_data');
  const amount = integer(price, 'unit_amount');
  const quantity = integer(line, 'quantity') ?? 1;
  const currency = text(price, 'currency');
  if (amount === undefined || !Number.isSafeInteger(amount) || !currency)
    throw new StripeFailure(400, 'Missing line_items.');
  if (amount * quantity < minAmount) {
    throw new StripeFailure(400, 'The total amount due must add up to at least $0.50', { code: 'amount_too_small' });
  }
  const term = (integer(form, 'expires_at') ?? store.now + maxTermSeconds) - store.now;
  if (term < minTermSeconds || term > maxTermSeconds) {
    throw new StripeFailure(
      400,
      'The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from now.',
    );
  }
  const session = store.add('cs', 'checkout.session', {
    ...{ mode: 'payment', status: 'open', payment_status: 'unpaid', payment_intent: null, currency },
    ...{ amount_subtotal: amount * quantity, amount_total: amount * quantity, expires_at: store.now + term },
    ...{ client_reference_id: text(form, 'client_reference_id') ?? null, metadata: { ...record(form, 'metadata') } },
    payment_intent_data: { metadata: { ...record(record(form, 'payment_intent_data'), 'metadata') } },
    ...{ success_url: text(form, 'success_url'), cancel_url: text(form, 'cancel_url') ?? null },
  });
  session.url = `${origin}/pay/${session.id}`;
  return session;
}

/** A page that only saves a card. */
function createSetup(store: Store, form: Form, origin: string): StripeObject {
  const customer = store.get(text(form, 'customer') ?? '', 'customer');
  const session = store.add('cs', 'checkout.session', {
    ...{
      mode: 'setup',
      status: 'open',
      payment_status: 'no_payment_required',
      payment_intent: null,
      setup_intent: null,
    },
    ...{ customer: customer.id, currency: null, amount_total: null, expires_at: store.now + maxTermSeconds },
    ...{ client_reference_id: null, metadata: { ...record(form, 'metadata') } },
    ...{ success_url: text(form, 'success_url'), cancel_url: text(form, 'cancel_url') ?? null },
  });
  session.url = `${origin}/setup/${session.id}`;
  return session;
}

/** POST /v1/checkout/sessions/:id/expire, and what time does by itself. */
export function expireSession(store: Store, session: StripeObject): StripeObject {
  if (session.status !== 'open')
    throw new StripeFailure(400, 'Only Checkout Sessions with a status in ["open"] can be expired.');
  session.status = 'expired';
  session.url = null;
  store.tell('checkout.session.expired', session);
  return session;
}

/** Sessions whose time is over have expired, whoever looks. */
export function expireOldSessions(store: Store): void {
  for (const session of store.all('checkout.session')) {
    if (session.status === 'open' && Number(session.expires_at) <= store.now) expireSession(store, session);
  }
}
