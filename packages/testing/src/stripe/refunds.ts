import { StripeFailure } from './failure.ts';
import { type Form, integer, record, text } from './form.ts';
import { chargeOf } from './payments.ts';
import type { Store, StripeObject } from './store.ts';

export type RefundStatus = 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';

/** POST /v1/refunds, and the Dashboard's button. @param status what it is at once */
export function createRefund(store: Store, form: Form, status: RefundStatus): StripeObject {
  const intentId = text(form, 'payment_intent');
  if (!intentId)
    throw new StripeFailure(400, 'One of the following params should be provided: charge or payment_intent.');
  const charge = chargeOf(store, intentId);
  const left = Number(charge.amount) - Number(charge.amount_refunded);
  const amount = integer(form, 'amount') ?? left;
  const refuse = (code: string, message: string) => new StripeFailure(400, message, { code, isBegun: true });
  if (left === 0) throw refuse('charge_already_refunded', `Charge ${charge.id} has already been refunded.`);
  if (charge.disputed)
    throw refuse('charge_disputed', `Charge ${charge.id} has been charged back; cannot issue a refund.`);
  if (!Number.isSafeInteger(amount) || amount < 1)
    throw new StripeFailure(400, 'Invalid positive integer', { code: 'parameter_invalid_integer' });
  if (amount > left)
    throw refuse('amount_too_large', `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`);
  const refund = store.add('re', 'refund', {
    ...{
      amount,
      currency: charge.currency,
      charge: charge.id,
      payment_intent: intentId,
      status,
      reason: text(form, 'reason') ?? null,
    },
    metadata: { ...record(form, 'metadata') },
  });
  charge.amount_refunded = Number(charge.amount_refunded) + amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  store.tell('refund.created', refund);
  store.tell('charge.refunded', charge);
  return refund;
}

/** What a bank says of a refund later: even one that had succeeded may fail. */
export function moveRefund(store: Store, refund: StripeObject, status: RefundStatus): void {
  const isGone = (word: unknown) => word === 'failed' || word === 'canceled';
  if (isGone(status) && !isGone(refund.status)) {
    const charge = store.get(String(refund.charge), 'charge');
    charge.amount_refunded = Number(charge.amount_refunded) - Number(refund.amount);
    charge.refunded = false;
  }
  refund.status = status;
  store.tell(status === 'failed' ? 'refund.failed' : 'refund.updated', refund);
  store.tell('charge.refund.updated', refund);
}
