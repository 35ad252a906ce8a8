import { stripeWebhook } from '#features/payment/server/stripe-webhook.ts';
import { pokeBilling } from '#server/background.ts';
import { composition } from '#server/deps.ts';

export const dynamic = 'force-dynamic';

/** Where Stripe tells what became of payments. */
export function POST(request: Request): Promise<Response> {
  return stripeWebhook(
    {
      billing: composition().deps.billing,
      onReceived: pokeBilling,
      onError: (error) =>
        process.stderr.write(`web: /api/webhooks/stripe ${error instanceof Error ? error.stack : error}\n`),
    },
    request,
  );
}
