'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { moneyText } from '#components/money.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { Figure } from '#ui/figure.tsx';
import { ChevronIcon } from '#ui/icons.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import type { OrderPageView } from '../order-tones.ts';
import { OrderOutcome } from './order-outcome.tsx';
import { OrderRefunds } from './order-refunds.tsx';
import { OrderState } from './order-state.tsx';
import { OrderTimeline } from './order-timeline.tsx';
import { ReceiptLink } from './receipt-link.tsx';

const skeletonRows = 4;
/** While a payment is waited for, at first and after a minute; while anything else may change. */
const awaitedMs = 1_000;
const awaitedLongMs = 10_000;
const looksInAMinute = 60;
const openMs = 5_000;

export interface OrderPageProps {
  readonly orderId: string;
  /** The customer has just come back from paying. */
  readonly isBack: boolean;
}

/** One order: whether it is paid, what happened to it, and what of it can be given back. It follows by itself. */
export function OrderPage({ orderId, isBack }: OrderPageProps) {
  const t = useTranslations('order');
  const failure = useFailure();
  const { data, error, isPending, refetch } = api.order.read.useQuery(
    { orderId, awaited: isBack },
    { refetchInterval: ({ state }) => nextLookMs(state.data, state.dataUpdateCount, isBack) },
  );
  const isMissing = error?.data?.reason === 'not_found';
  return (
    <>
      <Link
        href="/console/orders"
        className="mb-3 inline-flex min-h-7 items-center gap-1 text-small text-ink-soft hover:text-ink max-sm:min-h-11"
      >
        <ChevronIcon className="rotate-90" />
        {t('back')}
      </Link>
      {!data && <h1 className="sr-only">{t('title')}</h1>}
      {isPending && <SkeletonRows rows={skeletonRows} className="h-16" />}
      {isMissing && !data && <EmptyState title={t('missing.title')}>{t('missing.body')}</EmptyState>}
      {error && !isMissing && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {data && (
        <>
          <OrderHead page={data} />
          <OrderOutcome order={data.order} isBack={isBack} />
          <OrderRefunds page={data} />
          <OrderTimeline page={data} />
        </>
      )}
    </>
  );
}

function nextLookMs(page: OrderPageView | undefined, looks: number, isBack: boolean): number | false {
  if (!page) return false;
  if (page.order.state === 'pending' && isBack) return looks > looksInAMinute ? awaitedLongMs : awaitedMs;
  const isMoving = page.order.state === 'pending' || page.refunds.some(({ isOpen }) => isOpen);
  return isMoving || page.order.state === 'disputed' ? openMs : false;
}

function OrderHead({ page: { order } }: { readonly page: OrderPageView }) {
  const t = useTranslations('order');
  const locale = useLocale();
  const { bonusTokens } = order;
  const receipt = order.hasReceipt && <ReceiptLink orderId={order.id} className={buttonClass('plain')} />;
  return (
    <>
      <PageHead
        title={order.planId === null ? t('customAmount') : order.title}
        lead={
          <span className="flex flex-wrap items-baseline gap-x-4">
            <OrderState order={order} />
            {order.isSandbox && <span>{t('sandbox')}</span>}
            <code className="font-mono text-caption select-all wrap-anywhere">{order.id}</code>
            {order.description && <span className="wrap-anywhere">{t('note', { text: order.description })}</span>}
          </span>
        }
        actions={receipt}
      />
      <dl className="mb-8 grid grid-cols-2 gap-x-8 gap-y-6 max-sm:grid-cols-1">
        <Figure
          label={t('tokens')}
          value={countText(order.tokens + bonusTokens, locale)}
          note={bonusTokens > 0n ? t('withBonus', { tokens: countText(bonusTokens, locale) }) : undefined}
        />
        <Figure label={t('price')} value={moneyText(order.amountMinor, order.currency, locale)} />
      </dl>
    </>
  );
}
