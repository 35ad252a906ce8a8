import { createHmac } from 'node:crypto';

/** An event as Stripe sends it: the bytes, and the header that proves them. */
export interface SignedEvent {
  readonly rawBody: Buffer;
  readonly signature: string;
}

/** Signs an event the way Stripe does (scheme v1: HMAC-SHA-256 of time and body). */
export function signEvent(event: unknown, of: { readonly secret: string; readonly atMs: number }): SignedEvent {
  const rawBody = Buffer.from(JSON.stringify(event, null, 2));
  const time = Math.floor(of.atMs / 1000);
  const mac = createHmac('sha256', of.secret).update(`${time}.`).update(rawBody).digest('hex');
  return { rawBody, signature: `t=${time},v1=${mac}` };
}
