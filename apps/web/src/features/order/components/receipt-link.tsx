'use client';

import { useTranslations } from 'next-intl';

export interface ReceiptLinkProps {
  readonly orderId: string;
  readonly className: string;
}

/** The payment provider's own receipt, in a tab of its own. */
export function ReceiptLink({ orderId, className }: ReceiptLinkProps) {
  const t = useTranslations('orders');
  return (
    <a href={`/api/orders/${encodeURIComponent(orderId)}/receipt`} target="_blank" rel="noopener" className={className}>
      {t('receipt')}
    </a>
  );
}
