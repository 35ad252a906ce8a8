'use client';

import { useTranslations } from 'next-intl';
import { PageHead } from '#ui/section.tsx';
import { BooksCheck } from './books-check.tsx';
import { MarginCheck } from './margin-check.tsx';
import { PaymentsCheck } from './payments-check.tsx';
import { UsageCheck } from './usage-check.tsx';

/** Whether all records of the same money agree. Each part looks again every minute. */
export function Reconciliation() {
  const t = useTranslations('reconciliation');
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <BooksCheck />
      <PaymentsCheck />
      <UsageCheck />
      <MarginCheck />
    </>
  );
}
