'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { usePathname, useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { PlusIcon } from '#ui/icons.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import type { ApiKey } from '../api-key.ts';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { DeleteKeyDialog } from './delete-key-dialog.tsx';
import { KeyDetailsDialog } from './key-details-dialog.tsx';
import { type KeyAction, KeyTable } from './key-table.tsx';
import { OrganizationLimits } from './organization-limits.tsx';

const skeletonRows = 4;

/** The keys page. `?create=1` opens the dialog, so that other pages can lead into it. */
export function ApiKeys({ workerUrl }: { readonly workerUrl: string }) {
  const t = useTranslations('keys');
  const failure = useFailure();
  const router = useRouter();
  const pathname = usePathname();
  const mayCreate = useMay('apiKey.create');
  const creating = useSearchParams().get('create') === '1' && mayCreate;
  const [open, setOpen] = useState<{ readonly dialog: KeyAction; readonly apiKey: ApiKey }>();
  const close = () => setOpen(undefined);
  const keys = api.apiKey.list.useQuery({});
  const openCreate = () => router.push({ pathname, query: { create: '1' } });
  const create = mayCreate && (
    <Button look="primary" onClick={openCreate}>
      <PlusIcon />
      {t('create')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={create} />
      {keys.error && <ErrorState {...failure(keys.error)} onRetry={() => keys.refetch()} />}
      {keys.isPending && <SkeletonRows rows={skeletonRows} />}
      {keys.data?.length === 0 && (
        <EmptyState title={t('empty.title')} action={create}>
          {t('empty.body')}
        </EmptyState>
      )}
      {keys.data && keys.data.length > 0 && (
        <KeyTable keys={keys.data} onAction={(dialog, apiKey) => setOpen({ dialog, apiKey })} />
      )}
      {keys.data && keys.data.length > 0 && <OrganizationLimits />}
      <CreateKeyDialog open={creating} workerUrl={workerUrl} onClose={() => router.replace(pathname)} />
      {open?.dialog === 'details' && <KeyDetailsDialog apiKey={open.apiKey} onClose={close} />}
      {open?.dialog === 'delete' && <DeleteKeyDialog apiKey={open.apiKey} onClose={close} />}
    </>
  );
}
