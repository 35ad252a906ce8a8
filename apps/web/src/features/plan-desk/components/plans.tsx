'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { PlusIcon } from '#ui/icons.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import type { DeskPlan } from '../desk-plan.ts';
import { PlanDialog } from './plan-dialog.tsx';
import { PlanTable } from './plan-table.tsx';

const skeletonRows = 4;

/** What is sold: plans of the staff's, and those of the configuration file. */
export function Plans() {
  const t = useTranslations('planDesk');
  const failure = useFailure();
  const mayManage = useMay('plan.manage');
  const plans = api.planDesk.list.useQuery();
  const [editing, setEditing] = useState<DeskPlan | 'new'>();
  const add = mayManage && (
    <Button look="primary" onClick={() => setEditing('new')}>
      <PlusIcon />
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={add} />
      {plans.error && <ErrorState {...failure(plans.error)} onRetry={() => plans.refetch()} />}
      {plans.isPending && <SkeletonRows rows={skeletonRows} />}
      {plans.data?.length === 0 && (
        <EmptyState title={t('empty.title')} action={add}>
          {t('empty.body')}
        </EmptyState>
      )}
      {plans.data && plans.data.length > 0 && (
        <PlanTable plans={plans.data} readAt={plans.dataUpdatedAt} onEdit={setEditing} />
      )}
      {editing && <PlanDialog plan={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}
