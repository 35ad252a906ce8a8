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
import { type IncidentView, isOpen } from '../incident.ts';
import { IncidentDialog } from './incident-dialog.tsx';
import { IncidentItem } from './incident-item.tsx';

const skeletonRows = 3;

/** Incidents as the status page tells them, with what staff add. */
export function IncidentDesk() {
  const t = useTranslations('incidentDesk');
  const failure = useFailure();
  const mayManage = useMay('incident.manage');
  const { data, error, isPending, refetch } = api.incident.list.useQuery();
  const [telling, setTelling] = useState<IncidentView | 'new'>();
  const add = mayManage && (
    <Button look="primary" disabled={!data} onClick={() => setTelling('new')}>
      <PlusIcon />
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={add} />
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={skeletonRows} className="h-24" />}
      {data?.incidents.length === 0 && (
        <EmptyState title={t('empty.title')} action={add}>
          {t('empty.body')}
        </EmptyState>
      )}
      <ul>
        {data?.incidents.map((incident) => (
          <IncidentItem
            key={incident.id}
            incident={incident}
            actions={
              mayManage &&
              isOpen(incident) && (
                <Button className="mt-3" onClick={() => setTelling(incident)}>
                  {t('update')}
                </Button>
              )
            }
          />
        ))}
      </ul>
      {telling && data && (
        <IncidentDialog
          incident={telling === 'new' ? undefined : telling}
          models={data.models}
          providers={data.providers}
          onClose={() => setTelling(undefined)}
        />
      )}
    </>
  );
}
