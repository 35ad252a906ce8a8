import Stripe from 'stripe';
import { PaymentProviderError } from '../payments/provider.ts';

/**
 * Runs a call and says what a failure means. Refused is only what Stripe has understood and will not do; where our key lacks a permission, or
 * anything else may be mended without asking differently, the same call may succeed later.
 */
export async function stripeCall<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const isRefused =
      error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripeCardError;
    const message = `stripe: ${error.type} ${error.code ?? error.statusCode ?? ''} (${error.requestId ?? 'no request id'})`;
    throw new PaymentProviderError(isRefused ? 'refused' : 'unavailable', message, error);
  }
}

/** What Stripe, or the way to it, answered to a call that failed. */
export const causeOf = (error: unknown): unknown => (error instanceof PaymentProviderError ? error.cause : undefined);

/** Whether Stripe does not know the object (any more). */
export function isMissing(error: unknown): boolean {
  const cause = causeOf(error);
  return cause instanceof Stripe.errors.StripeInvalidRequestError && cause.code === 'resource_missing';
}
