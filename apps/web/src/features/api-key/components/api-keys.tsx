'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { usePathname, useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { PlusIcon } from '#ui/icons.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import type { ApiKey } from '../api-key.ts';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { DeleteKeyDialog } from './delete-key-dialog.tsx';
import { EditKeyDialog } from './edit-key-dialog.tsx';
import { KeyDetailsDialog } from './key-details-dialog.tsx';
import { type KeyAction, KeyTable } from './key-table.tsx';
import type { Gateway } from './new-secret.tsx';
import { OrganizationLimits } from './organization-limits.tsx';
import { RotateKeyForm } from './rotate-key-form.tsx';
import { SecretDialog } from './secret-dialog.tsx';

const skeletonRows = 4;

/** The keys page. `?create=1` opens the dialog, so that other pages can lead into it. */
export function ApiKeys({ gateway, unit }: { readonly gateway: Gateway; readonly unit: BalanceUnit }) {
  const t = useTranslations('keys');
  const failure = useFailure();
  const router = useRouter();
  const pathname = usePathname();
  const mayCreate = useMay('apiKey.create');
  const creating = useSearchParams().get('create') === '1' && mayCreate;
  const [open, setOpen] = useState<{ readonly dialog: KeyAction; readonly apiKey: ApiKey }>();
  // The list is read again while a dialog is open: it shows what is there now.
  const apiKeyOf = (one: ApiKey) => keys.data?.find(({ id }) => id === one.id) ?? one;
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
        <KeyTable keys={keys.data} unit={unit} onAction={(dialog, apiKey) => setOpen({ dialog, apiKey })} />
      )}
      {keys.data && keys.data.length > 0 && <OrganizationLimits />}
      <CreateKeyDialog open={creating} gateway={gateway} unit={unit} onClose={() => router.replace(pathname)} />
      {open && (open.dialog === 'rotate' || open.dialog === 'leaked') && (
        <SecretDialog
          open
          gateway={gateway}
          asking={{
            title: t(open.dialog === 'leaked' ? 'leak.title' : 'rotate.title', { name: open.apiKey.name }),
            lead: t(open.dialog === 'leaked' ? 'leak.lead' : 'rotate.lead'),
          }}
          shown={{ title: t('rotate.done'), lead: t('created.lead') }}
          onClose={close}
        >
          {({ onMade, onCancel }) => (
            <RotateKeyForm
              apiKey={open.apiKey}
              isLeaked={open.dialog === 'leaked'}
              onRotated={onMade}
              onCancel={onCancel}
            />
          )}
        </SecretDialog>
      )}
      {open?.dialog === 'details' && <KeyDetailsDialog apiKey={apiKeyOf(open.apiKey)} unit={unit} onClose={close} />}
      {open?.dialog === 'edit' && <EditKeyDialog apiKey={open.apiKey} unit={unit} onClose={close} />}
      {open?.dialog === 'delete' && <DeleteKeyDialog apiKey={open.apiKey} onClose={close} />}
    </>
  );
}
