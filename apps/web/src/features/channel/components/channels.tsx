'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useAddressFilter } from '#components/use-address-filter.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link, usePathname, useRouter } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { PlusIcon } from '#ui/icons.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { filterQuery, matches, readFilter } from '../channel-filter.ts';
import { AddChannelDialog } from './add-channel-dialog.tsx';
import { ChannelFilters } from './channel-filters.tsx';
import { ChannelTable } from './channel-table.tsx';

const skeletonRows = 5;
/** Workers write what they see every 5 s. */
export const refreshMs = 5_000;

/** The list of channels. The filter and the open dialog are in the address. */
export function Channels() {
  const t = useTranslations('channels');
  const failure = useFailure();
  const router = useRouter();
  const pathname = usePathname();
  const query = useSearchParams();
  const mayManage = useMay('channel.manage');
  const maySeeTexts = useMay('setting.read');
  const channels = api.channel.list.useQuery(undefined, { refetchInterval: refreshMs });
  const [filter, narrow] = useAddressFilter(readFilter, filterQuery);
  const [clearings, setClearings] = useState(0);
  const clear = () => {
    router.replace(pathname);
    setClearings(clearings + 1);
  };
  const add = mayManage && (
    <Button look="primary" onClick={() => router.push({ pathname, query: { ...filterQuery(filter), add: '1' } })}>
      <PlusIcon />
      {t('add')}
    </Button>
  );
  const shown = channels.data?.filter((channel) => matches(channel, filter));
  return (
    <>
      <PageHead
        title={t('title')}
        lead={t('lead')}
        actions={
          <div className="flex flex-wrap gap-2.5">
            {maySeeTexts && (
              <Link href="/admin/channels/codex-instructions" className={buttonClass()}>
                {t('codexTexts')}
              </Link>
            )}
            {add}
          </div>
        }
      />
      {channels.error && <ErrorState {...failure(channels.error)} onRetry={() => channels.refetch()} />}
      {channels.isPending && <SkeletonRows rows={skeletonRows} />}
      {channels.data?.length === 0 && (
        <EmptyState title={t('empty.title')} action={add}>
          {t('empty.body')}
        </EmptyState>
      )}
      {channels.data && channels.data.length > 0 && (
        <ChannelFilters key={clearings} channels={channels.data} filter={filter} onChange={narrow} />
      )}
      {shown && shown.length > 0 && <ChannelTable channels={shown} />}
      {channels.data && channels.data.length > 0 && shown?.length === 0 && (
        <EmptyState title={t('noMatch.title')} action={<Button onClick={clear}>{t('noMatch.clear')}</Button>}>
          {t('noMatch.body')}
        </EmptyState>
      )}
      {mayManage && query.get('add') === '1' && <AddChannelDialog onClose={() => narrow({})} />}
    </>
  );
}
