'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { RefundLines } from '#features/order/components/refund-lines.tsx';

export interface UnusedAmountProps {
  readonly unused: ApiOutput['orderDesk']['read']['unused'];
  /** Of the order. */
  readonly currency: string;
}

/** What of an order is unused and could be paid back, line by line; or why nothing can. */
export function UnusedAmount({ unused: { refundable, refusal }, currency }: UnusedAmountProps) {
  const errors = useTranslations('errors');
  if (refundable) return <RefundLines refundable={refundable} currency={currency} />;
  return <p className="text-small text-ink-soft">{errors(refusal ?? 'internal')}</p>;
}
