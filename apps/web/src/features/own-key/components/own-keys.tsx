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
import { AddOwnKeyDialog } from './add-own-key-dialog.tsx';
import { DeleteOwnKeyDialog } from './delete-own-key-dialog.tsx';
import { EditOwnKeyDialog } from './edit-own-key-dialog.tsx';
import { type OwnKey, type OwnKeyAction, OwnKeyTable } from './own-key-table.tsx';
import { OwnKeyTerms } from './own-key-terms.tsx';
import { TestOwnKeyDialog } from './test-own-key-dialog.tsx';

const skeletonRows = 3;

/** What is open beside the list. */
type Open = { readonly dialog: 'add' } | { readonly dialog: OwnKeyAction; readonly ownKey: OwnKey };

/** The page of an organization's own keys with providers. */
export function OwnKeys() {
  const t = useTranslations('ownKeys');
  const failure = useFailure();
  const mayManage = useMay('ownKey.manage');
  const [open, setOpen] = useState<Open>();
  const { data, error, isPending, refetch } = api.ownKey.list.useQuery({});
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
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={skeletonRows} />}
      {data?.keys.length === 0 && (
        <EmptyState title={t('empty.title')} action={add}>
          {t('empty.body')}
        </EmptyState>
      )}
      {data && data.keys.length > 0 && (
        <OwnKeyTable keys={data.keys} onAction={(dialog, ownKey) => setOpen({ dialog, ownKey })} />
      )}
      {data && <OwnKeyTerms feeBasisPoints={data.feeBasisPoints} />}
      {open?.dialog === 'add' && (
        <AddOwnKeyDialog onClose={close} onAdded={(ownKey) => setOpen({ dialog: 'test', ownKey })} />
      )}
      {open?.dialog === 'test' && <TestOwnKeyDialog ownKey={open.ownKey} onClose={close} />}
      {open?.dialog === 'edit' && <EditOwnKeyDialog ownKey={open.ownKey} onClose={close} />}
      {open?.dialog === 'delete' && <DeleteOwnKeyDialog ownKey={open.ownKey} onClose={close} />}
    </>
  );
}
