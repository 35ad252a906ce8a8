import type { ApiOutput } from '#components/api.ts';

export type OrderPageView = ApiOutput['order']['read'];
export type OrderView = OrderPageView['order'];
export type RefundView = OrderPageView['refunds'][number];

export const orderTones = {
  pending: 'warn',
  paid: 'good',
  expired: 'quiet',
  canceled: 'quiet',
  partially_refunded: 'good',
  refunded: 'quiet',
  disputed: 'bad',
} as const satisfies Record<OrderView['state'], string>;

export const refundTones = {
  requested: 'warn',
  reserved: 'warn',
  submitted: 'warn',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'quiet',
} as const satisfies Record<RefundView['state'], string>;
