'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { textIn } from '#components/both-languages.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { classNames } from '#ui/class-names.ts';
import { PlusIcon } from '#ui/icons.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { byTitle, type DeskReply } from '../desk-reply.ts';
import { DeleteReplyDialog } from './delete-reply-dialog.tsx';
import { ReplyDialog } from './reply-dialog.tsx';

const skeletonRows = 6;
/** Texts stand whole, beside what is short. */
const top = 'py-2.5 align-top';

type Open = { readonly dialog: 'edit' | 'delete'; readonly reply: DeskReply } | { readonly dialog: 'add' };

/** What staff answer often, by title: kept, changed and deleted. */
export function ReplyDesk() {
  const t = useTranslations('replies');
  const locale = useLocale();
  const failure = useFailure();
  const mayManage = useMay('reply.manage');
  const list = api.reply.list.useQuery();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const add = mayManage && (
    <Button look="primary" onClick={() => setOpen({ dialog: 'add' })}>
      <PlusIcon />
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={add} />
      {list.error && <ErrorState {...failure(list.error)} onRetry={() => list.refetch()} />}
      {list.isPending && <SkeletonRows rows={skeletonRows} className="h-20" />}
      {list.data?.length === 0 && (
        <EmptyState title={t('empty.title')} action={add}>
          {t('empty.body')}
        </EmptyState>
      )}
      {list.data && list.data.length > 0 && (
        <RecordTable
          label={t('title')}
          rows={byTitle(list.data, locale)}
          columns={[
            {
              label: t('column.title'),
              cell: ({ title }) => <Prose strong>{textIn(locale, title)}</Prose>,
              className: top,
            },
            {
              label: t('column.text'),
              cell: ({ text }) => <Prose>{textIn(locale, text)}</Prose>,
              className: top,
            },
            {
              label: t('column.updatedBy'),
              cell: ({ updatedBy }) => updatedBy?.name ?? t('shipped'),
              className: top,
            },
            {
              label: t('column.updatedAt'),
              cell: ({ updatedAt }) => <LocalTime at={updatedAt} precision="day" />,
              className: top,
            },
          ]}
          actions={{
            label: t('column.actions'),
            of: (reply) =>
              mayManage && (
                <RowMenu label={t('actionsOf', { title: textIn(locale, reply.title) })}>
                  <MenuItem onSelect={() => setOpen({ dialog: 'edit', reply })}>{t('edit')}</MenuItem>
                  <MenuItem danger onSelect={() => setOpen({ dialog: 'delete', reply })}>
                    {t('delete')}
                  </MenuItem>
                </RowMenu>
              ),
          }}
        />
      )}
      {open?.dialog === 'add' && <ReplyDialog reply={undefined} onClose={close} />}
      {open?.dialog === 'edit' && <ReplyDialog reply={open.reply} onClose={close} />}
      {open?.dialog === 'delete' && <DeleteReplyDialog reply={open.reply} onClose={close} />}
    </>
  );
}

function Prose({ strong = false, children }: { readonly strong?: boolean; readonly children: string }) {
  const look = strong ? 'min-w-40 font-medium' : 'min-w-72 max-w-2xl text-ink-soft';
  return <p className={classNames('whitespace-pre-line wrap-anywhere', look)}>{children}</p>;
}
