import type Stripe from 'stripe';
import type { EventNotice, ProviderChanges } from '../payments/provider.ts';
import { stripeEventTypes } from './event-types.ts';
import { stripeCall } from './failures.ts';
import { idOf } from './views.ts';

const pageSize = 100;
/** Of each kind, in one comparison. */
const maxPerKind = 10_000;

/** What Stripe has since then. */
export async function listStripeChanges(
  stripe: Stripe,
  { objectsSince, eventsSince }: { readonly objectsSince: Date; readonly eventsSince: Date },
): Promise<ProviderChanges> {
  const since = (at: Date) => ({ created: { gte: Math.floor(at.getTime() / 1000) }, limit: pageSize });
  const events = await collect(stripe.events.list({ ...since(eventsSince), types: [...stripeEventTypes] }));
  const sessions = await collect(stripe.checkout.sessions.list({ ...since(objectsSince), status: 'complete' }));
  const refunds = await collect(stripe.refunds.list(since(objectsSince)));
  const disputes = await collect(stripe.disputes.list(since(objectsSince)));
  const ofPayment = ({ id, status, payment_intent }: Stripe.Refund | Stripe.Dispute) => ({
    ...{ id, status: status ?? 'pending', paymentId: idOf(payment_intent) ?? '' },
  });
  return {
    // The newest comes first; applied in the order that they happened in.
    events: events.toReversed().map(noticeOf),
    paidSessionIds: sessions.filter(({ payment_status }) => payment_status !== 'unpaid').map(({ id }) => id),
    refunds: refunds.map(ofPayment),
    disputes: disputes.map(ofPayment),
    isWhole: [events, sessions, refunds, disputes].every((list) => list.length < maxPerKind),
  };
}

async function collect<Item>(list: Stripe.ApiListPromise<Item>): Promise<Item[]> {
  return stripeCall(list.autoPagingToArray({ limit: maxPerKind }));
}

function noticeOf(event: Stripe.Event): EventNotice {
  const object = event.data.object as { readonly id?: string; readonly object: string };
  return {
    ...{ id: event.id, type: event.type, livemode: event.livemode, account: event.account },
    ...{ objectType: object.object, objectId: object.id ?? '', occurredAt: new Date(event.created * 1000) },
  };
}
