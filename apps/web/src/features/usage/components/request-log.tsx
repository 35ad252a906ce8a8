'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { api } from '#components/api.ts';
import { PagedList } from '#components/paged-list.tsx';
import { Section } from '#ui/section.tsx';
import type { UsageView } from '../usage-view.ts';
import { FindRequest } from './find-request.tsx';
import { NothingFound } from './nothing-found.tsx';
import { RequestTable } from './request-table.tsx';

export interface RequestLogProps {
  readonly view: UsageView;
  readonly onChange: (changed: Partial<UsageView>) => void;
  readonly files: ReactNode;
}

/** The range's requests, a page at a time. */
export function RequestLog({ view, onChange, files }: RequestLogProps) {
  const t = useTranslations('usage');
  const log = api.usage.requests.useInfiniteQuery(
    { range: view.range, narrowing: view.narrowing },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const requests = log.data?.pages.flatMap((page) => page.requests);
  return (
    <Section title={t('requests')} actions={files}>
      <FindRequest at="/console/usage" />
      <PagedList list={log} rows={requests} more={t('more')} empty={<NothingFound view={view} onChange={onChange} />}>
        {(shown) => <RequestTable requests={shown} at="/console/usage" />}
      </PagedList>
    </Section>
  );
}
