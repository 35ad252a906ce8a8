import { answerOf, type Dispute, isOpenRefund, type Order, type Refund } from '@ai-bridge/billing';

/** An order as its customer sees it: without what its provider and our own bookkeeping call it. */
export function orderView(order: Order) {
  const { id, planId, title, description, tokens, bonusTokens, creditNanoUsd, amountMinor, currency, state } = order;
  return {
    ...{ id, planId, title, description, tokens, bonusTokens, creditNanoUsd, amountMinor, currency, state },
    ...{ createdAt: order.createdAt, expiresAt: order.expiresAt, paidAt: order.paidAt },
    isSandbox: order.provider === 'sandbox',
    /** Where a pending order is paid. */
    checkoutUrl: order.state === 'pending' && order.canceledAt === null ? order.checkoutUrl : null,
    canceledAt: order.canceledAt,
    hasReceipt: order.provider === 'stripe' && order.paymentId !== null,
  };
}

/** A refund as its customer sees it: without who decided, and what the provider said. */
export function refundView(refund: Refund) {
  const { id, origin, state, amountMinor, currency, takenNanoUsd, reason, createdAt, endedAt } = refund;
  const isUnsent = state === 'requested' || (state === 'reserved' && refund.attempts === 0);
  return {
    ...{ id, origin, state, amountMinor, currency, takenNanoUsd, reason, createdAt, endedAt },
    isOpen: isOpenRefund(state),
    /** Its customer may still take it back. */
    isCancellable: origin === 'request' && isUnsent,
    /** What the decision said, as far as it is for its customer. */
    answer: answerOf(refund),
  };
}

export function disputeView({ id, state, amountMinor, createdAt, endedAt }: Dispute) {
  return { id, state, amountMinor, createdAt, endedAt };
}

export type OrderView = ReturnType<typeof orderView>;
export type RefundView = ReturnType<typeof refundView>;
export type DisputeView = ReturnType<typeof disputeView>;
