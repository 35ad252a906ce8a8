'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { PlusIcon } from '#ui/icons.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { AdjustmentList } from './adjustment-list.tsx';
import { BatchTable } from './batch-table.tsx';
import { NewBatchDialog } from './new-batch-dialog.tsx';

const skeletonRows = 4;

/** Tokens that are given away: redeem codes, and corrections that wait for a second person. */
export function Credit() {
  const t = useTranslations('creditDesk');
  const failure = useFailure();
  const mayGrant = useMay('credit.grant');
  const batches = api.creditDesk.batches.useQuery();
  const [isAdding, setAdding] = useState(false);
  const add = mayGrant && (
    <Button look="primary" onClick={() => setAdding(true)}>
      <PlusIcon />
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={add} />
      <AdjustmentList />
      <Section title={t('batches')}>
        {batches.error && <ErrorState {...failure(batches.error)} onRetry={() => batches.refetch()} />}
        {batches.isPending && <SkeletonRows rows={skeletonRows} />}
        {batches.data?.length === 0 && <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>}
        {batches.data && batches.data.length > 0 && <BatchTable batches={batches.data} />}
      </Section>
      {isAdding && <NewBatchDialog onClose={() => setAdding(false)} />}
    </>
  );
}
