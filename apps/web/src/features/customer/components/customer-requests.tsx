'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { BackLink } from '#components/back-link.tsx';
import { PagedList } from '#components/paged-list.tsx';
import { LookFailure } from '#features/staff-look/components/look-failure.tsx';
import { RequestTable } from '#features/usage/components/request-table.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState } from '#ui/states.tsx';

const range = '30d';

/** A customer's requests of the last 30 days, newest first: for a stated reason. */
export function CustomerRequests({ organizationId }: { readonly organizationId: string }) {
  const t = useTranslations('customers.requests');
  const list = api.usage.requests.useInfiniteQuery(
    { organizationId, range, narrowing: {} },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const requests = list.data?.pages.flatMap((page) => page.requests);
  return (
    <>
      <BackLink href={`/admin/customers/${organizationId}`}>{t('back')}</BackLink>
      <PageHead title={t('title')} lead={t('lead')} />
      <PagedList
        list={list}
        rows={requests}
        more={t('more')}
        failed={<LookFailure error={list.error} onRetry={() => list.refetch()} />}
        empty={<EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>}
      >
        {(shown) => <RequestTable requests={shown} at="/admin/requests" />}
      </PagedList>
    </>
  );
}
