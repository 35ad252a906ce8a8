'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { moneyText } from '#components/money.ts';
import { Link } from '#i18n/navigation.ts';
import { RecordTable } from '#ui/record-table.tsx';
import type { OrderView } from '../order-tones.ts';
import { CancelOrder } from './cancel-order.tsx';
import { OrderState } from './order-state.tsx';
import { ReceiptLink } from './receipt-link.tsx';

const linkClass = 'underline decoration-rule-strong underline-offset-4 hover:decoration-accent';

/** Orders a line each; each leads to its own page. */
export function OrderTable({ orders }: { readonly orders: readonly OrderView[] }) {
  const t = useTranslations('orders');
  const locale = useLocale();
  return (
    <RecordTable
      label={t('title')}
      rows={orders}
      columns={[
        {
          label: t('column.date'),
          cell: ({ id, createdAt }) => (
            <Link href={`/console/orders/${id}`} className={linkClass}>
              <LocalTime at={createdAt} />
            </Link>
          ),
        },
        { label: t('column.state'), cell: (order) => <OrderState order={order} /> },
        {
          label: t('column.price'),
          cell: ({ amountMinor, currency }) => moneyText(amountMinor, currency, locale),
          numeric: true,
        },
        {
          label: t('column.tokens'),
          cell: ({ tokens, bonusTokens }) => countText(tokens + bonusTokens, locale),
          numeric: true,
        },
        {
          label: t('column.what'),
          cell: ({ planId, title }) => (planId === null ? t('customAmount') : title),
          className: 'max-w-64 truncate',
          title: ({ planId, title }) => (planId === null ? undefined : title),
        },
      ]}
      actions={{ label: t('column.actions'), of: (order) => <OrderAction order={order} /> }}
    />
  );
}

function OrderAction({ order }: { readonly order: OrderView }) {
  const t = useTranslations('orders');
  if (order.hasReceipt) return <ReceiptLink orderId={order.id} className={linkClass} />;
  if (order.checkoutUrl === null) return order.isSandbox && <span className="text-ink-faint">{t('sandbox')}</span>;
  return (
    <span className="flex flex-wrap items-center justify-end gap-x-4 gap-y-1">
      <Link
        href={`/console/orders/${order.id}`}
        className={`inline-flex min-h-6 min-w-6 items-center justify-center ${linkClass}`}
      >
        {t('unpaid')}
      </Link>
      <CancelOrder orderId={order.id} label={t('cancelOf', { title: order.title })} />
    </span>
  );
}
