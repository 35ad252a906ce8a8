import { type BillingDeps, BillingError, maxEventBytes, receiveEvent } from '@ai-bridge/billing';
import { readBoundedBytes } from '#server/rpc-guard.ts';

export interface StripeWebhook {
  readonly billing: BillingDeps;
  /** Told that an event is in the inbox. */
  onReceived(): void;
  onError(error: unknown): void;
}

/**
 * Takes an event that Stripe sends: nobody is signed in, and the signature over the bytes as they came is what proves it. Answers 2xx as soon
 * as the event is kept; what is refused for good is a 4xx, and what Stripe should send again a 5xx.
 */
export async function stripeWebhook(
  { billing, onReceived, onError }: StripeWebhook,
  request: Request,
): Promise<Response> {
  const rawBody = await readBoundedBytes(request, maxEventBytes);
  if (rawBody === undefined) return answer(413, 'body_too_large');
  try {
    const signature = request.headers.get('stripe-signature') ?? undefined;
    const { isNew } = await receiveEvent(billing, { provider: 'stripe', rawBody, signature });
    if (isNew) onReceived();
    return Response.json({ received: true });
  } catch (error) {
    if (error instanceof BillingError && error.code === 'event_invalid') return answer(400, error.code);
    if (error instanceof BillingError && error.code === 'payments_unavailable') return answer(503, error.code);
    onError(error);
    return answer(500, 'internal');
  }
}

function answer(status: number, reason: string): Response {
  return Response.json({ error: { message: reason, type: 'invalid_request' } }, { status });
}
