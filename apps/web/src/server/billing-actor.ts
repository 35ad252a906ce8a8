import type { Actor } from '@ai-bridge/access';
import type { BillingActor } from '@ai-bridge/billing';

/** Who calls a procedure, as billing writes it down. */
export function billingActor({ userId, address, requestId }: Actor): BillingActor {
  return { userId: userId ?? undefined, address: address ?? undefined, requestId: requestId ?? undefined };
}
