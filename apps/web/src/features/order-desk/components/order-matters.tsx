'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { moneyText } from '#components/money.ts';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import type { OrderPage } from '../order-page.ts';
import { DisputeStatus, RefundStatus } from './states.tsx';

/** An order's refunds, oldest first. Each leads to its own page. */
export function OrderRefunds({ refunds }: { readonly refunds: OrderPage['refunds'] }) {
  const t = useTranslations('orderDesk');
  const locale = useLocale();
  if (refunds.length === 0) return <p className="text-small text-ink-soft">{t('noRefunds')}</p>;
  return (
    <Table label={t('section.refunds')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.time')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
          <HeaderCell numeric>{t('column.amount')}</HeaderCell>
          <HeaderCell numeric>{t('column.tokens')}</HeaderCell>
          <HeaderCell>{t('column.id')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {refunds.map((refund) => (
          <tr key={refund.id}>
            <Cell>
              <LocalTime at={refund.createdAt} />
            </Cell>
            <Cell>
              <RefundStatus state={refund.state} />
              {refund.origin === 'provider' && (
                <span className="ml-2 text-caption text-ink-faint">{t('madeAtProvider')}</span>
              )}
            </Cell>
            <Cell numeric>{moneyText(refund.amountMinor, refund.currency, locale)}</Cell>
            <Cell numeric>{tokensText(refund.creditNanoUsd, locale)}</Cell>
            <Cell className="font-mono text-caption">
              <Link href={`/admin/refunds/${refund.id}`} className={linkClass}>
                {refund.id}
              </Link>
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

export interface OrderDisputesProps {
  readonly disputes: OrderPage['disputes'];
  readonly currency: string;
}

/** What the customer's bank wants back, and what is set aside for it. */
export function OrderDisputes({ disputes, currency }: OrderDisputesProps) {
  const t = useTranslations('orderDesk');
  const locale = useLocale();
  return (
    <Table label={t('section.disputes')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.time')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
          <HeaderCell>{t('column.reason')}</HeaderCell>
          <HeaderCell numeric>{t('column.amount')}</HeaderCell>
          <HeaderCell numeric>{t('column.setAside')}</HeaderCell>
          <HeaderCell>{t('column.id')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {disputes.map((dispute) => (
          <tr key={dispute.id}>
            <Cell>
              <LocalTime at={dispute.createdAt} />
            </Cell>
            <Cell>
              <DisputeStatus state={dispute.state} />
            </Cell>
            <Cell>{dispute.reason ?? '–'}</Cell>
            <Cell numeric>{moneyText(dispute.amountMinor, currency, locale)}</Cell>
            <Cell numeric>
              {`${tokensText(dispute.frozenNanoUsd, locale)} / ${tokensText(dispute.creditNanoUsd, locale)}`}
            </Cell>
            <Cell className="font-mono text-caption text-ink-faint">{dispute.id}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
