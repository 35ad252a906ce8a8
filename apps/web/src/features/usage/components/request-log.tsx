'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import type { UsageView } from '../usage-view.ts';
import { FindRequest } from './find-request.tsx';
import { NothingFound } from './nothing-found.tsx';
import { RequestTable } from './request-table.tsx';

const skeletonRows = 6;

export interface RequestLogProps {
  readonly view: UsageView;
  readonly onChange: (changed: Partial<UsageView>) => void;
  readonly files: ReactNode;
}

/** The range's requests, a page at a time. */
export function RequestLog({ view, onChange, files }: RequestLogProps) {
  const t = useTranslations('usage');
  const failure = useFailure();
  const log = api.usage.requests.useInfiniteQuery(
    { range: view.range, narrowing: view.narrowing },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const requests = log.data?.pages.flatMap((page) => page.requests);
  return (
    <Section title={t('requests')} actions={files}>
      <FindRequest at="/console/usage" />
      {log.error && <ErrorState {...failure(log.error)} onRetry={() => log.refetch()} />}
      {log.isPending && <SkeletonRows rows={skeletonRows} />}
      {requests?.length === 0 && <NothingFound view={view} onChange={onChange} />}
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
