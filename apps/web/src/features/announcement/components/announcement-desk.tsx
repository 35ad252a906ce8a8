'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { textIn } from '#components/both-languages.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { PlusIcon } from '#ui/icons.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { Status } from '#ui/status.tsx';
import { useToast } from '#ui/toast.tsx';
import { deskStateOf } from '../announcement.ts';
import { AnnouncementDialog, type DeskAnnouncement } from './announcement-dialog.tsx';

const skeletonRows = 4;
const tones = { draft: 'quiet', soon: 'warn', shown: 'good', over: 'quiet', withdrawn: 'quiet' } as const;

/** What is told to people: drafts, what is shown, and what was. */
export function AnnouncementDesk() {
  const t = useTranslations('announcementDesk');
  const locale = useLocale();
  const failure = useFailure();
  const mayManage = useMay('announcement.manage');
  const list = api.announcement.list.useQuery();
  const [editing, setEditing] = useState<DeskAnnouncement | 'new'>();
  const add = mayManage && (
    <Button look="primary" onClick={() => setEditing('new')}>
      <PlusIcon />
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={add} />
      {list.error && <ErrorState {...failure(list.error)} onRetry={() => list.refetch()} />}
      {list.isPending && <SkeletonRows rows={skeletonRows} />}
      {list.data?.length === 0 && (
        <EmptyState title={t('empty.title')} action={add}>
          {t('empty.body')}
        </EmptyState>
      )}
      {list.data && list.data.length > 0 && (
        <RecordTable
          label={t('title')}
          rows={list.data}
          columns={[
            {
              label: t('column.title'),
              cell: ({ title }) => textIn(locale, title),
              className: 'max-w-72 truncate',
              title: ({ title }) => textIn(locale, title),
            },
            {
              label: t('column.state'),
              cell: (row) => {
                const state = deskStateOf(row, list.dataUpdatedAt);
                return <Status tone={tones[state]}>{t(`state.${state}`)}</Status>;
              },
            },
            { label: t('column.audience'), cell: ({ audience }) => t(`audience.${audience}`) },
            { label: t('column.importance'), cell: ({ importance }) => t(`importance.${importance}`) },
            { label: t('column.pinned'), cell: ({ isPinned }) => (isPinned ? t('yes') : '–') },
            { label: t('column.from'), cell: ({ activeFrom }) => (activeFrom ? <LocalTime at={activeFrom} /> : '–') },
            {
              label: t('column.until'),
              cell: ({ activeUntil }) => (activeUntil ? <LocalTime at={activeUntil} /> : '–'),
            },
          ]}
          actions={{
            label: t('column.actions'),
            of: (row) => mayManage && <Actions announcement={row} onEdit={() => setEditing(row)} />,
          }}
        />
      )}
      {editing && (
        <AnnouncementDialog
          announcement={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
}

interface ActionsProps {
  readonly announcement: DeskAnnouncement;
  readonly onEdit: () => void;
}

function Actions({ announcement: { id, title, state }, onEdit }: ActionsProps) {
  const t = useTranslations('announcementDesk');
  const locale = useLocale();
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const told = (text: string) => ({
    onSuccess: async () => {
      await utils.announcement.list.invalidate();
      toast({ title: text });
    },
    onError: (error: unknown) => toast({ title: failure(error).message, type: 'error' }),
  });
  const publish = api.announcement.publish.useMutation(told(t('published')));
  const withdraw = api.announcement.withdraw.useMutation(told(t('withdrawn')));
  return (
    <RowMenu label={t('actionsOf', { title: textIn(locale, title) })}>
      <MenuItem onSelect={onEdit}>{t('edit')}</MenuItem>
      {state === 'published' ? (
        <MenuItem onSelect={() => withdraw.mutate({ id })}>{t('withdraw')}</MenuItem>
      ) : (
        <MenuItem onSelect={() => publish.mutate({ id })}>{t('publish')}</MenuItem>
      )}
    </RowMenu>
  );
}
