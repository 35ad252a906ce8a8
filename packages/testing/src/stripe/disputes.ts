import { chargeOf } from './payments.ts';
import type { Store, StripeObject } from './store.ts';

export type DisputeStatus =
  | 'warning_needs_response'
  | 'warning_closed'
  | 'needs_response'
  | 'under_review'
  | 'won'
  | 'lost';

const closed: ReadonlySet<DisputeStatus> = new Set(['won', 'lost', 'warning_closed']);

/** A customer's bank wants the money back. */
export function openDispute(store: Store, intentId: string, status: DisputeStatus, amount?: number): StripeObject {
  const charge = chargeOf(store, intentId);
  const dispute = store.add('dp', 'dispute', {
    ...{
      amount: amount ?? Number(charge.amount) - Number(charge.amount_refunded),
      currency: charge.currency,
      charge: charge.id,
    },
    ...{ payment_intent: intentId, reason: 'fraudulent', status },
  });
  charge.disputed = !status.startsWith('warning_');
  store.tell('charge.dispute.created', dispute);
  return dispute;
}

export function moveDispute(store: Store, dispute: StripeObject, status: DisputeStatus): void {
  dispute.status = status;
  const charge = store.get(String(dispute.charge), 'charge');
  charge.disputed = !status.startsWith('warning_') && status !== 'won';
  store.tell(closed.has(status) ? 'charge.dispute.closed' : 'charge.dispute.updated', dispute);
}
