'use client';

import { useLocale, useTranslations } from 'next-intl';
import { ageText } from '#components/age.ts';
import { tokensText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { moneyText } from '#components/money.ts';
import { RefundStatus } from '#features/order-desk/components/states.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { isLate } from '../answer-by.ts';

type ListedRefund = ApiOutput['refundDesk']['list']['refunds'][number];

/** Refunds one by one, with how long ago they were asked for. Each leads to its own page. */
export function RefundTable({ refunds }: { readonly refunds: readonly ListedRefund[] }) {
  const t = useTranslations('refundDesk');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.age')}</HeaderCell>
          <HeaderCell>{t('column.organization')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
          <HeaderCell numeric>{t('column.amount')}</HeaderCell>
          <HeaderCell numeric>{t('column.tokens')}</HeaderCell>
          <HeaderCell>{t('column.reason')}</HeaderCell>
          <HeaderCell>{t('column.id')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {refunds.map((refund) => (
          <RefundRow key={refund.id} refund={refund} />
        ))}
      </tbody>
    </Table>
  );
}

function RefundRow({ refund }: { readonly refund: ListedRefund }) {
  const t = useTranslations('refundDesk');
  const locale = useLocale();
  const page = `/admin/refunds/${refund.id}`;
  const { createdAt, reason } = refund;
  return (
    <tr>
      <Cell>
        <Link href={page} className={linkClass}>
          <time dateTime={createdAt.toISOString()} title={createdAt.toISOString()}>
            {ageText(createdAt, Date.now(), locale)}
          </time>
        </Link>
        <Lateness due={refund.answerBy} />
      </Cell>
      <Cell className="max-w-48 truncate" title={refund.organization.name}>
        {refund.organization.name}
      </Cell>
      <Cell>
        <RefundStatus state={refund.state} />
        {refund.isHalfApproved && <span className="ml-2 text-caption text-warn">{t('secondPerson')}</span>}
        {refund.lastError && <span className="ml-2 text-caption text-bad">{t('hasError')}</span>}
      </Cell>
      <Cell numeric>{moneyText(refund.amountMinor, refund.currency, locale)}</Cell>
      <Cell numeric>{tokensText(refund.creditNanoUsd, locale)}</Cell>
      <Cell className="max-w-56 truncate" title={reason ?? undefined}>
        {reason ?? '–'}
      </Cell>
      <Cell className="font-mono text-caption text-ink-faint">
        <Link href={page} className={linkClass}>
          {refund.id}
        </Link>
      </Cell>
    </tr>
  );
}

/** Says that somebody waits longer than they were told. */
function Lateness({ due }: { readonly due: Date | undefined }) {
  const t = useTranslations('refundDesk');
  const locale = useLocale();
  if (!due || !isLate(due, Date.now())) return null;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(due);
  return (
    <span className="ml-2 text-caption text-bad" title={t('lateHint', { time })}>
      {t('late')}
    </span>
  );
}
