'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { tokensText, usdText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { moneyText } from '#components/money.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { AdjustDialog } from '#features/credit-desk/components/adjust-dialog.tsx';
import { AlarmList } from '#features/reconciliation/components/alarm-list.tsx';
import { BeginRefundDialog } from '#features/refund-desk/components/begin-refund-dialog.tsx';
import { RecordKeys } from '#features/triage/components/record-keys.tsx';
import { Button } from '#ui/button.tsx';
import { Figure } from '#ui/figure.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import type { OrderPage } from '../order-page.ts';
import { OrderEvents } from './order-events.tsx';
import { OrderFacts } from './order-facts.tsx';
import { OrderDisputes, OrderRefunds } from './order-matters.tsx';
import { OrderTimeline } from './order-timeline.tsx';
import { OrderStatus } from './states.tsx';
import { UnusedAmount } from './unused-amount.tsx';

const skeletonRows = 8;

/** An order's page: what was sold and paid, and all that came of it. */
export function Order({ orderId }: { readonly orderId: string }) {
  const t = useTranslations('orderDesk');
  const failure = useFailure();
  const order = api.orderDesk.read.useQuery({ orderId });
  return (
    <>
      <RecordKeys list="/admin/orders" title={t('title')} />
      {!order.data && <h1 className="sr-only">{t('order')}</h1>}
      {order.isPending && <SkeletonRows rows={skeletonRows} />}
      {order.error && <ErrorState {...failure(order.error)} onRetry={() => order.refetch()} />}
      {order.data && <Known order={order.data} />}
    </>
  );
}

function Known({ order }: { readonly order: OrderPage }) {
  const t = useTranslations('orderDesk');
  const locale = useLocale();
  const adjustment = useTranslations('creditDesk.adjustment');
  const [isBeginning, setBeginning] = useState(false);
  const [isAdjusting, setAdjusting] = useState(false);
  const mayGrant = useMay('credit.grant');
  const mayDecide = useMay('refund.decide');
  const { balance, unused } = order;
  const canBegin = mayDecide && canBeginRefund(order);
  const actions = (
    <div className="flex flex-wrap gap-2.5">
      {mayGrant && <Button onClick={() => setAdjusting(true)}>{adjustment('open')}</Button>}
      {canBegin && <Button onClick={() => setBeginning(true)}>{t('beginRefund')}</Button>}
    </div>
  );
  return (
    <>
      <PageHead title={order.title} lead={<OrderStatus state={order.state} />} actions={actions} />
      <dl className="mb-6 grid grid-cols-1 gap-x-8 gap-y-4 sm:grid-cols-3">
        <Figure label={t('figure.amount')} value={moneyText(order.amountMinor, order.currency, locale)} />
        <Figure
          label={t('figure.sold')}
          value={tokensText(order.creditNanoUsd, locale)}
          unit={t('tokens')}
          note={usdText(order.creditNanoUsd, locale)}
        />
        <Figure
          label={t('figure.balance')}
          value={tokensText(balance.postedNanoUsd, locale)}
          unit={t('tokens')}
          note={balance.frozen ? t('figure.frozen') : usdText(balance.postedNanoUsd, locale)}
        />
      </dl>
      {order.alarms.length > 0 && (
        <Section title={t('section.alarms')}>
          <AlarmList alarms={order.alarms} />
        </Section>
      )}
      <Section title={t('section.facts')}>
        <OrderFacts order={order} />
      </Section>
      <Section title={t('section.unused')}>
        <UnusedAmount unused={unused} currency={order.currency} />
      </Section>
      <Section title={t('section.refunds')}>
        <OrderRefunds refunds={order.refunds} />
      </Section>
      {order.disputes.length > 0 && (
        <Section title={t('section.disputes')}>
          <OrderDisputes disputes={order.disputes} currency={order.currency} />
        </Section>
      )}
      <Section title={t('section.timeline')}>
        <OrderTimeline order={order} />
      </Section>
      <Section title={t('section.events')}>
        <OrderEvents events={order.events} provider={order.provider} />
      </Section>
      {isAdjusting && <AdjustDialog organization={order.organization} onClose={() => setAdjusting(false)} />}
      {isBeginning && unused.refundable && (
        <BeginRefundDialog
          order={order}
          organization={order.organization}
          reader={order.reader}
          maxAmountMinor={unused.refundable.maxAmountMinor}
          onClose={() => setBeginning(false)}
        />
      )}
    </>
  );
}

/** Whether there is something to pay back, and no refund of this order is under way. */
function canBeginRefund({ unused, refunds }: OrderPage): boolean {
  const isOpen = refunds.some(({ origin, endedAt }) => origin === 'request' && endedAt === null);
  return unused.refundable !== undefined && unused.refundable.maxAmountMinor > 0n && !isOpen;
}
