import type Stripe from 'stripe';
import { BillingError } from '../billing-error.ts';
import type { EventNotice } from '../payments/provider.ts';

/** How far a signature's time may be from ours, either way. */
export const toleranceSeconds = 300;
const timePattern = /(?:^|,)t=(\d+)(?:,|$)/;

/**
 * Proves that Stripe signed these bytes just now, with one of the endpoint's secrets, and says what the event is about. Undefined for an event
 * that has no object in it (Stripe's newer, thin kind): it is Stripe's, and none of ours.
 * @throws BillingError event_invalid
 */
export function readStripeEvent(
  webhooks: Stripe['webhooks'],
  of: { rawBody: Buffer; signature: string | undefined; secrets: readonly string[]; nowMs: number },
): EventNotice | undefined {
  const { rawBody, signature = '', secrets, nowMs } = of;
  const time = Number(timePattern.exec(signature)?.[1] ?? Number.NaN);
  // The library takes any time to come.
  if (!(Math.abs(nowMs / 1000 - time) <= toleranceSeconds)) throw invalid();
  const isProven = secrets.some((secret) => {
    if (secret.trim() === '') return false;
    try {
      return webhooks.signature?.verifyHeader(rawBody, signature, secret, toleranceSeconds, undefined, nowMs) === true;
    } catch {
      return false;
    }
  });
  if (!isProven) throw invalid();
  return noticeOf(parse(rawBody));
}

const invalid = () => new BillingError('event_invalid', 'this event is not signed by the payment provider');

function parse(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw new BillingError('event_invalid', 'this event is no JSON');
  }
}

function noticeOf(event: unknown): EventNotice | undefined {
  if (!isRecord(event) || event.object !== 'event' || !isRecord(event.data) || !isRecord(event.data.object))
    return undefined;
  const { id, type, livemode, account, created } = event;
  const { id: objectId, object: objectType } = event.data.object;
  if (typeof id !== 'string' || typeof type !== 'string' || typeof created !== 'number') return undefined;
  return {
    ...{ id, type, livemode: livemode === true, occurredAt: new Date(created * 1000) },
    account: typeof account === 'string' ? account : undefined,
    objectType: typeof objectType === 'string' ? objectType : '',
    objectId: typeof objectId === 'string' ? objectId : '',
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
