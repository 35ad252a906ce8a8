import { type AccountFacts, accountOf, refusePermission } from './account.ts';
import { cancelIntent, confirmIntent, createCustomer, createIntent, detachCard } from './cards.ts';
import { StripeFailure } from './failure.ts';
import { type Form, list } from './form.ts';
import { expanded, listObjects } from './lists.ts';
import { createRefund, type RefundStatus } from './refunds.ts';
import { createSession, expireSession } from './sessions.ts';
import type { Store } from './store.ts';

const collections: Readonly<Record<string, string>> = {
  'checkout/sessions': 'checkout.session',
  customers: 'customer',
  payment_methods: 'payment_method',
  payment_intents: 'payment_intent',
  charges: 'charge',
  refunds: 'refund',
  disputes: 'dispute',
  events: 'event',
  webhook_endpoints: 'webhook_endpoint',
};
const pathPattern = /^\/v1\/(checkout\/sessions|\w+)(?:\/(\w+))?(?:\/(\w+))?$/;

export interface RouteContext {
  readonly store: Store;
  readonly origin: string;
  readonly nextRefundStatus: () => RefundStatus;
  readonly secretKey: string;
  /** Who the key is of, and which collections it may not touch. */
  readonly account: AccountFacts & { readonly forbidden: ReadonlySet<string> };
}

/** What Stripe's API answers to a call. */
export function answerCall(
  { store, origin, nextRefundStatus, secretKey, account }: RouteContext,
  method: string,
  path: string,
  form: Form,
): unknown {
  const [, collection = '', id, action] = pathPattern.exec(path) ?? [];
  if (account.forbidden.has(collection)) refusePermission(secretKey, method, collection);
  const object = collections[collection];
  const expand = list(form, 'expand');
  const call = `${method} ${[collection, id && ':id', action].filter(Boolean).join('/')}`;
  if (object && method === 'GET' && !action) {
    if (!id) return listObjects(store, object, path, form);
    const found = object === 'event' ? store.events.find((event) => event.id === id) : undefined;
    return expanded(store, found ?? store.get(id, object), expand);
  }
  if (call === 'GET account') return accountOf(account);
  if (call === 'POST checkout/sessions') return expanded(store, createSession(store, form, origin), expand);
  if (call === 'POST checkout/sessions/:id/expire' && id)
    return expireSession(store, store.get(id, 'checkout.session'));
  if (call === 'POST customers') return createCustomer(store, form);
  if (call === 'POST payment_methods/:id/detach' && id) return detachCard(store.get(id, 'payment_method'));
  if (call === 'POST payment_intents') return createIntent(store, form);
  if (call === 'POST payment_intents/:id/confirm' && id)
    return confirmIntent(store, store.get(id, 'payment_intent'), form);
  if (call === 'POST payment_intents/:id/cancel' && id) return cancelIntent(store, store.get(id, 'payment_intent'));
  if (call === 'POST refunds') return expanded(store, createRefund(store, form, nextRefundStatus()), expand);
  throw new StripeFailure(404, `Unrecognized request URL (${method}: ${path}).`);
}
