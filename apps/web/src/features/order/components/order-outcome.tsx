'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { countText, tokensText, usdText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { Link } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import type { OrderView } from '../order-tones.ts';
import { CancelOrder } from './cancel-order.tsx';
import { useLeave } from './use-checkout.ts';

export interface OrderOutcomeProps {
  readonly order: OrderView;
  readonly isBack: boolean;
}

/** What became of a payment and what to do next; told to screen readers as it changes. */
export function OrderOutcome({ order, isBack }: OrderOutcomeProps) {
  return (
    <div role="status" data-testid="outcome" className="not-empty:mb-8">
      <Outcome order={order} isBack={isBack} />
    </div>
  );
}

function Outcome({ order, isBack }: OrderOutcomeProps) {
  const t = useTranslations('order.outcome');
  switch (order.state) {
    case 'pending':
      return isBack ? <Note title={t('waiting')}>{t('waitingBody')}</Note> : <Unpaid order={order} />;
    case 'paid':
      return isBack && <Credited order={order} />;
    case 'canceled':
    case 'expired':
      return (
        <Note title={t(order.canceledAt ? 'calledOff' : order.state)} action={<BuyAgain />}>
          {t('nothingCharged')}
        </Note>
      );
    case 'disputed':
      return <Note title={t('disputed')}>{t('disputedBody')}</Note>;
    default:
      return null;
  }
}

interface NoteProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

function Note({ title, children, action }: NoteProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-l-2 border-rule-strong py-1 pl-4">
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="mt-0.5 max-w-2xl text-small text-ink-soft">{children}</p>
      </div>
      {action}
    </div>
  );
}

function BuyAgain() {
  const t = useTranslations('order.outcome');
  const mayBuy = useMay('order.create');
  return (
    mayBuy && (
      <Link href="/console/plans" className={buttonClass('primary')}>
        {t('buyAgain')}
      </Link>
    )
  );
}

function Unpaid({ order: { id, checkoutUrl, expiresAt } }: { readonly order: OrderView }) {
  const t = useTranslations('order.outcome');
  const mayBuy = useMay('order.create');
  const leave = useLeave();
  const pay = mayBuy && checkoutUrl !== null && (
    <div className="flex flex-wrap gap-3">
      <CancelOrder orderId={id} />
      <Button look="primary" onClick={() => leave(checkoutUrl)}>
        {t('pay')}
      </Button>
    </div>
  );
  return (
    <Note title={t('unpaid')} action={pay}>
      {t.rich('unpaidBody', { until: () => <LocalTime at={expiresAt} /> })}
    </Note>
  );
}

/** The balance is asked for anew, so that it is what it became by this order. */
function Credited({ order }: { readonly order: OrderView }) {
  const t = useTranslations('order.outcome');
  const locale = useLocale();
  const balance = api.balance.read.useQuery({}, { staleTime: 0 });
  const nanoUsd = balance.data?.availableNanoUsd;
  const tokens = countText(order.tokens + order.bonusTokens, locale);
  const available = nanoUsd === undefined ? '…' : tokensText(nanoUsd, locale);
  const toConsole = (
    <Link href="/console" className={buttonClass('plain')}>
      {t('toConsole')}
    </Link>
  );
  return (
    <Note title={t('credited', { tokens })} action={toConsole}>
      {t('available', { tokens: available, money: nanoUsd === undefined ? '…' : usdText(nanoUsd, locale) })}
    </Note>
  );
}
