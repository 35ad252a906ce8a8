'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText, usdText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { Link } from '#i18n/navigation.ts';
import { Figure } from '#ui/figure.tsx';
import { linkClass } from '#ui/link-class.ts';
import { RecordTable } from '#ui/record-table.tsx';
import type { BillingPage } from '../billing-page.ts';

export interface CreditLotsProps {
  readonly lots: BillingPage['lots'];
  readonly mayRead: boolean;
}

/** What is left of each purchase and each gift, in the order that they are used in. */
export function CreditLots({ lots, mayRead }: CreditLotsProps) {
  const t = useTranslations('billing.lots');
  const tokens = useTranslations('billing')('tokens');
  const locale = useLocale();
  if (lots.length === 0) return <p className="text-small text-ink-soft">{t('empty')}</p>;
  const left = (kind: 'paid' | 'granted') =>
    lots.reduce((sum, lot) => sum + (lot.kind === kind ? lot.leftNanoUsd : 0n), 0n);
  const figure = (kind: 'paid' | 'granted') => ({
    label: t(`${kind}Left`),
    value: tokensText(left(kind), locale),
    unit: tokens,
    note: `${usdText(left(kind), locale)} · ${t(`${kind}Note`)}`,
  });
  return (
    <>
      <dl className="mb-5 grid gap-x-10 gap-y-5 sm:grid-cols-2">
        <Figure {...figure('paid')} />
        <Figure {...figure('granted')} />
      </dl>
      <RecordTable
        label={t('label')}
        rows={lots}
        columns={[
          { label: t('date'), cell: ({ createdAt }) => <LocalTime at={createdAt} precision="day" /> },
          { label: t('kind'), cell: ({ kind }) => t(kind) },
          { label: t('left'), cell: ({ leftNanoUsd }) => tokensText(leftNanoUsd, locale), numeric: true },
          { label: t('brought'), cell: ({ boughtNanoUsd }) => tokensText(boughtNanoUsd, locale), numeric: true },
        ]}
        actions={{
          label: t('actions'),
          of: ({ orderId }) =>
            mayRead &&
            orderId !== null && (
              <Link href={`/console/orders/${orderId}`} className={linkClass}>
                {t('openOrder')}
              </Link>
            ),
        }}
      />
    </>
  );
}
