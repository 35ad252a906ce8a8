export * from './adjustments/adjust-balance.ts';
export * from './alarms.ts';
export * from './alerts/alert-terms.ts';
export { watchBalances } from './alerts/watch-balances.ts';
export type { BillingActor } from './audit.ts';
export * from './billing-error.ts';
export { type BooksCheck, type BooksCheckKind, type BooksFinding, listBooksChecks } from './books/books-checks.ts';
export { type BooksDeps, checkBooks } from './books/check-books.ts';
export * from './codes/redeem-batches.ts';
export { type RedeemInput, redeemCode } from './codes/redeem-code.ts';
export * from './deps.ts';
export type { Dispute } from './disputes/dispute-row.ts';
export type { DisputeState } from './disputes/dispute-states.ts';
export { applyEvents } from './events/apply-events.ts';
export * from './events/order-events.ts';
export { maxEventBytes, receiveEvent } from './events/receive-event.ts';
export * from './freeze-balance.ts';
export * from './jobs.ts';
export { cancelOrder } from './orders/cancel-order.ts';
export * from './orders/create-order.ts';
export * from './orders/custom-amount.ts';
export * from './orders/find-orders.ts';
export { followOrder } from './orders/follow-order.ts';
export { lookAtOrders } from './orders/look-at-orders.ts';
export { type OrderMatters, readOrderMatters } from './orders/order-matters.ts';
export { findOrder, listOrders, type Order, readOrder } from './orders/order-row.ts';
export { isPaidState, type OrderState, orderStates } from './orders/order-states.ts';
export { readReceiptUrl } from './orders/receipt-url.ts';
export * from './payment-methods/payment-method-row.ts';
export * from './payment-methods/save-payment-method.ts';
export * from './payments/choose-providers.ts';
export {
  type PaymentProvider,
  PaymentProviderError,
  type PaymentProviders,
  type ProviderName,
} from './payments/provider.ts';
export * from './plans/desk-plans.ts';
export { findPlanOnSale, listPlansOnSale, type Plan } from './plans/plans-on-sale.ts';
export * from './reconcile.ts';
export * from './refunds/approve-refund.ts';
export { cancelRefund } from './refunds/cancel-refund.ts';
export * from './refunds/preview-refund.ts';
export * from './refunds/refund-queue.ts';
export { listRefunds, listRequestedRefunds, type Refund, readRefund } from './refunds/refund-row.ts';
export { isOpenRefund, type RefundState } from './refunds/refund-states.ts';
export { computeRefundable, maxRoundingMinor, type Refundable, type RefundLine } from './refunds/refundable.ts';
export { maxReasonLength, type RefundRequest, readRefundable, requestRefund } from './refunds/request-refund.ts';
export { retryRefund, submitRefund, submitRefunds } from './refunds/submit-refund.ts';
export * from './sandbox/sandbox-cards.ts';
export { endSandboxCheckout, readSandboxPayment, type SandboxEnd } from './sandbox/sandbox-provider.ts';
export { type Job, startJob } from './start-job.ts';
export { type AccountMonth, accountMonth } from './statements/account-month.ts';
export * from './statements/movements.ts';
export { StripeSettingsError } from './stripe/settings.ts';
export { type AutoTopUp, countTopUps, findAutoTopUp, type TopUpOffReason } from './top-ups/auto-top-up.ts';
export * from './top-ups/set-auto-top-up.ts';
export { topUp } from './top-ups/top-up.ts';
