'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText, usdText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { customerHref } from '../found.ts';
import { CustomerStatus } from './customer-status.tsx';

type ListedCustomer = ApiOutput['customer']['list']['customers'][number];

/** Customers one by one. Each leads to its own page. */
export function CustomerTable({ customers }: { readonly customers: readonly ListedCustomer[] }) {
  const t = useTranslations('customers');
  const locale = useLocale();
  const mayReadBalances = useMay('balance.read');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.name')}</HeaderCell>
          <HeaderCell>{t('column.owner')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
          {mayReadBalances && <HeaderCell numeric>{t('column.balance')}</HeaderCell>}
          <HeaderCell>{t('column.since')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {customers.map(({ id, name, ownerEmail, isSuspended, postedNanoUsd, createdAt }) => (
          <tr key={id}>
            <Cell className="max-w-64 truncate" title={name}>
              <Link href={customerHref(id)} className={linkClass}>
                {name}
              </Link>
            </Cell>
            <Cell className="max-w-64 truncate" title={ownerEmail ?? undefined}>
              {ownerEmail ?? '–'}
            </Cell>
            <Cell>
              <CustomerStatus isSuspended={isSuspended} />
            </Cell>
            {mayReadBalances && (
              <Cell numeric title={postedNanoUsd === null ? undefined : usdText(postedNanoUsd, locale)}>
                {postedNanoUsd === null ? '–' : tokensText(postedNanoUsd, locale)}
              </Cell>
            )}
            <Cell>
              <LocalTime at={createdAt} precision="day" />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
