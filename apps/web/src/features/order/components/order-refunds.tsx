'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMay } from '#components/permissions.tsx';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import type { OrderPageView } from '../order-tones.ts';
import { RefundDialog } from './refund-dialog.tsx';
import { RefundLines } from './refund-lines.tsx';
import { RefundList } from './refund-list.tsx';

/** What of a paid order is unused, asking for it back, and what became of that. */
export function OrderRefunds({ page }: { readonly page: OrderPageView }) {
  const t = useTranslations('order.refund');
  const mayAsk = useMay('refund.request');
  const [isAsking, setIsAsking] = useState(false);
  const { order, refunds, refundable, refundAnswerDays } = page;
  if (!refundable && refunds.length === 0) return null;
  const isUnderWay = refunds.some(({ isOpen, origin }) => isOpen && origin === 'request');
  const canAsk = refundable !== undefined && refundable.maxAmountMinor > 0n && !isUnderWay;
  const ask = canAsk && mayAsk && <Button onClick={() => setIsAsking(true)}>{t('ask')}</Button>;
  return (
    <Section title={t('title')} actions={ask}>
      {refunds.length > 0 && <RefundList refunds={refunds} />}
      {refundable && <RefundLines refundable={refundable} currency={order.currency} />}
      {refundable?.maxAmountMinor === 0n && <p className="mt-3 text-small text-ink-soft">{t('nothing')}</p>}
      {isAsking && refundable && canAsk && (
        <RefundDialog
          order={order}
          maxAmountMinor={refundable.maxAmountMinor}
          answerDays={refundAnswerDays}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Section>
  );
}
