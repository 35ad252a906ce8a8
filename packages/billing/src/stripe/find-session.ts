import type Stripe from 'stripe';
import type { EventNotice } from '../payments/provider.ts';
import { isMissing, stripeCall } from './failures.ts';
import { idOf } from './views.ts';

/**
 * The checkout that an event's object belongs to, by asking Stripe for the object; undefined where there is none. A payment without a checkout
 * is that of a saved card, and stands for one.
 */
export async function findStripeSession(
  stripe: Stripe,
  { objectType, objectId }: Pick<EventNotice, 'objectType' | 'objectId'>,
): Promise<string | undefined> {
  if (objectType === 'checkout.session') return objectId;
  const intent = await findIntent(stripe, objectType, objectId);
  if (intent === undefined) return undefined;
  const sessions = await stripeCall(stripe.checkout.sessions.list({ payment_intent: intent, limit: 1 }));
  return sessions.data[0]?.id ?? intent;
}

async function findIntent(stripe: Stripe, objectType: string, objectId: string): Promise<string | undefined> {
  try {
    switch (objectType) {
      case 'payment_intent':
        return objectId;
      case 'charge':
        return idOf((await stripeCall(stripe.charges.retrieve(objectId))).payment_intent);
      case 'refund':
        return idOf((await stripeCall(stripe.refunds.retrieve(objectId))).payment_intent);
      case 'dispute':
        return idOf((await stripeCall(stripe.disputes.retrieve(objectId))).payment_intent);
      default:
        return undefined;
    }
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
