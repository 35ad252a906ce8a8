/**
 * requested: waits for approval; reserved: approved, the tokens have left the balance; submitted: the provider is at it; then succeeded, or
 * failed or cancelled, which bring the tokens back.
 */
export type RefundState = 'requested' | 'reserved' | 'submitted' | 'succeeded' | 'failed' | 'cancelled';

/** A bank may send money back that had already succeeded: then so do the tokens come back. */
const transitions: Readonly<Record<RefundState, readonly RefundState[]>> = {
  requested: ['reserved', 'cancelled'],
  reserved: ['submitted', 'succeeded', 'failed', 'cancelled'],
  submitted: ['succeeded', 'failed', 'cancelled'],
  succeeded: ['failed'],
  failed: [],
  cancelled: [],
};

export function canRefundBecome(from: RefundState, to: RefundState): boolean {
  return transitions[from].includes(to);
}

/** Under way: it stands in the way of another one. */
export const isOpenRefund = (state: RefundState): boolean =>
  state === 'requested' || state === 'reserved' || state === 'submitted';

/** Its money is with the customer, or on the way there, or its tokens are taken for it. */
export const countsAsReturned = (state: RefundState): boolean =>
  state === 'reserved' || state === 'submitted' || state === 'succeeded';
