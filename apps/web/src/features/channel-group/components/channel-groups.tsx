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
import { GroupDialog } from './group-dialog.tsx';
import { type ChannelGroup, GroupTable } from './group-table.tsx';
import { MultiplierDialog } from './multiplier-dialog.tsx';

const skeletonRows = 3;

/** Groups of keys and channels: what each sees, reaches and pays. */
export function ChannelGroups() {
  const t = useTranslations('groups');
  const failure = useFailure();
  const mayManage = useMay('group.manage');
  const groups = api.channelGroup.list.useQuery();
  const [editing, setEditing] = useState<ChannelGroup | 'new'>();
  const [priced, setPriced] = useState<ChannelGroup>();
  const add = mayManage && (
    <Button look="primary" onClick={() => setEditing('new')}>
      <PlusIcon />
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={add} />
      {groups.error && <ErrorState {...failure(groups.error)} onRetry={() => groups.refetch()} />}
      {groups.isPending && <SkeletonRows rows={skeletonRows} />}
      {groups.data?.length === 0 && <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>}
      {groups.data && groups.data.length > 0 && (
        <GroupTable groups={groups.data} onEdit={setEditing} onPrice={setPriced} />
      )}
      {priced && <MultiplierDialog group={priced} onClose={() => setPriced(undefined)} />}
      {editing && <GroupDialog group={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}
