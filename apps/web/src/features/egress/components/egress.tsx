'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { PlusIcon } from '#ui/icons.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { type EgressStatus, type ListedProxy, poolsOf, strandedWithout } from '../pools.ts';
import { DeleteProxyDialog } from './delete-proxy-dialog.tsx';
import type { ProxyDialog } from './proxy-actions.tsx';
import { ProxyFormDialog } from './proxy-form-dialog.tsx';
import { ProxyTable } from './proxy-table.tsx';
import { TestProxyDialog } from './test-proxy-dialog.tsx';

const skeletonRows = 4;
/** Workers write what they see every 5 s. */
const refreshMs = 5_000;

/** What is open beside the list. */
type Open =
  | { readonly dialog: 'add' }
  | { readonly dialog: 'test'; readonly proxy: Pick<ListedProxy, 'id' | 'name'> }
  | { readonly dialog: Exclude<ProxyDialog, 'test'>; readonly proxy: ListedProxy };

/** The pools of proxies, each with its health and the channels that go out through it. */
export function Egress() {
  const t = useTranslations('egress');
  const failure = useFailure();
  const mayManage = useMay('channel.manage');
  const [open, setOpen] = useState<Open>();
  const { data, error, isPending, refetch } = api.egress.list.useQuery(undefined, { refetchInterval: refreshMs });
  const pools = data && poolsOf(data);
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
      {pools?.length === 0 && (
        <EmptyState title={t('empty.title')} action={add}>
          {t('empty.body')}
        </EmptyState>
      )}
      {pools?.map(({ name, proxies, channels }) => (
        <Section key={name} title={t('pool', { name })} actions={<UsedBy channels={channels} />}>
          {proxies.length > 0 ? (
            <ProxyTable
              label={t('pool', { name })}
              proxies={proxies}
              onOpen={(dialog, proxy) => setOpen({ dialog, proxy })}
            />
          ) : (
            <p className="text-small text-warn">{t('missing')}</p>
          )}
        </Section>
      ))}
      {open && data && <Dialogs open={open} status={data} onOpen={setOpen} />}
    </>
  );
}

interface DialogsProps {
  readonly open: Open;
  readonly status: EgressStatus;
  readonly onOpen: (open: Open | undefined) => void;
}

function Dialogs({ open, status, onOpen }: DialogsProps) {
  const close = () => onOpen(undefined);
  if (open.dialog === 'test') return <TestProxyDialog proxy={open.proxy} onClose={close} />;
  const stranded = open.dialog === 'add' ? [] : strandedWithout(open.proxy, status);
  if (open.dialog === 'delete') return <DeleteProxyDialog proxy={open.proxy} stranded={stranded} onClose={close} />;
  return (
    <ProxyFormDialog
      proxy={open.dialog === 'edit' ? open.proxy : undefined}
      stranded={stranded}
      pools={poolsOf(status).map(({ name }) => name)}
      onClose={close}
      onCreated={(proxy) => onOpen({ dialog: 'test', proxy })}
    />
  );
}

function UsedBy({ channels }: { readonly channels: EgressStatus['channels'] }) {
  const t = useTranslations('egress');
  if (channels.length === 0) return <span className="text-small text-ink-faint">{t('unused')}</span>;
  return (
    <span className="text-small text-ink-soft">
      {`${t('usedBy')} `}
      {channels.map(({ id, name }) => (
        <Link key={id} href={`/admin/channels/${id}`} className="ml-1 text-ink underline underline-offset-4">
          {name}
        </Link>
      ))}
    </span>
  );
}
