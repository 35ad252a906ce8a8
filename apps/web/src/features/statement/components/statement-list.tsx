'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { PageHead } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { MonthTable } from './month-table.tsx';

const skeletonRows = 4;

/** The months since the organization began; with their balances for who may see them. */
export function StatementList() {
  const t = useTranslations('statements');
  const failure = useFailure();
  const maySeeAccount = useMay('ledger.read');
  const balances = api.statement.balances.useQuery({}, { enabled: maySeeAccount });
  const usage = api.statement.months.useQuery({}, { enabled: !maySeeAccount });
  const list = maySeeAccount ? balances : usage;
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      {list.error && <ErrorState {...failure(list.error)} onRetry={() => list.refetch()} />}
      {list.isPending && <SkeletonRows rows={skeletonRows} />}
      {list.data && <MonthTable months={list.data} />}
    </>
  );
}
