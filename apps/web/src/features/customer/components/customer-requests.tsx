'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { BackLink } from '#components/back-link.tsx';
import { LookFailure } from '#features/staff-look/components/look-failure.tsx';
import { RequestTable } from '#features/usage/components/request-table.tsx';
import { Button } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, SkeletonRows } from '#ui/states.tsx';

const skeletonRows = 8;
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
      {list.isPending && <SkeletonRows rows={skeletonRows} />}
      {list.error && <LookFailure error={list.error} onRetry={() => list.refetch()} />}
      {requests?.length === 0 && <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>}
      {requests && requests.length > 0 && <RequestTable requests={requests} at="/admin/requests" />}
      {list.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  );
}
