'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { moneyText } from '#components/money.ts';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { OrderStatus } from './states.tsx';

type ListedOrder = ApiOutput['orderDesk']['list']['orders'][number];

/** Orders one by one. Each leads to its own page. */
export function OrderTable({ orders }: { readonly orders: readonly ListedOrder[] }) {
  const t = useTranslations('orderDesk');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.time')}</HeaderCell>
          <HeaderCell>{t('column.organization')}</HeaderCell>
          <HeaderCell>{t('column.what')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
          <HeaderCell numeric>{t('column.amount')}</HeaderCell>
          <HeaderCell numeric>{t('column.tokens')}</HeaderCell>
          <HeaderCell>{t('column.id')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </tbody>
    </Table>
  );
}

function OrderRow({ order }: { readonly order: ListedOrder }) {
  const t = useTranslations('orderDesk');
  const locale = useLocale();
  const page = `/admin/orders/${order.id}`;
  return (
    <tr>
      <Cell>
        <Link href={page} className={linkClass}>
          <LocalTime at={order.createdAt} />
        </Link>
      </Cell>
      <Cell className="max-w-48 truncate" title={order.organization.name}>
        {order.organization.name}
      </Cell>
      <Cell className="max-w-48 truncate" title={order.title}>
        {order.title}
      </Cell>
      <Cell>
        <OrderStatus state={order.state} />
        {!order.livemode && <span className="ml-2 text-caption text-ink-faint">{t('test')}</span>}
      </Cell>
      <Cell numeric>{moneyText(order.amountMinor, order.currency, locale)}</Cell>
      <Cell numeric>{tokensText(order.creditNanoUsd, locale)}</Cell>
      <Cell className="font-mono text-caption text-ink-faint">
        <Link href={page} className={linkClass}>
          {order.id}
        </Link>
      </Cell>
    </tr>
  );
}
