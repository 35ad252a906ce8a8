export * from './balance.ts';
export * from './capture.ts';
export * from './captured-days.ts';
export * from './channels.ts';
export { advanceCheckpoint, readWatermark, rebuildCheckpoint } from './checkpoint.ts';
export * from './credit.ts';
export * from './credit-lots.ts';
export * from './credit-parts.ts';
export * from './dispute.ts';
export * from './freeze.ts';
export * from './hold.ts';
export * from './lease.ts';
export * from './month-entries.ts';
export * from './months.ts';
export * from './movements.ts';
export * from './order-credit.ts';
export {
  cancelRefund,
  type RefundCredit,
  type RefundEnd,
  type ReserveResult,
  reserveRefund,
  settleRefund,
  takeBackCredit,
} from './refund.ts';
export { listEntries, type StatementEntry } from './statement.ts';
export * from './verify-books.ts';
export * from './worker-life.ts';
