'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import type { DayRange } from '../days.ts';
import { FindRequest } from './find-request.tsx';
import { RequestTable } from './request-table.tsx';

const skeletonRows = 6;

/** The range's requests, a page at a time. */
export function RequestLog({ days }: { readonly days: DayRange }) {
  const t = useTranslations('usage');
  const failure = useFailure();
  const log = api.usage.requests.useInfiniteQuery({ days }, { getNextPageParam: (page) => page.nextCursor });
  const requests = log.data?.pages.flatMap((page) => page.requests);
  return (
    <Section title={t('requests')}>
      <FindRequest at="/console/usage" />
      {log.error && <ErrorState {...failure(log.error)} onRetry={() => log.refetch()} />}
      {log.isPending && <SkeletonRows rows={skeletonRows} />}
      {requests?.length === 0 && <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>}
      {requests && requests.length > 0 && <RequestTable requests={requests} at="/console/usage" />}
      {log.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={log.isFetchingNextPage} onClick={() => log.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </Section>
  );
}
