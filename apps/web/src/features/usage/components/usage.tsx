'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { pushQuery } from '#components/push-query.ts';
import { buttonClass } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { readUsageView, type UsageView, usageViewQuery } from '../usage-view.ts';
import { RangeChoice } from './range-choice.tsx';
import { RequestLog } from './request-log.tsx';
import { UsageBreakdown } from './usage-breakdown.tsx';
import { UsageFilters } from './usage-filters.tsx';

/** The usage page. All that it shows is part of the address, so that a view can be shared. */
export function Usage() {
  const t = useTranslations('usage');
  const view = readUsageView(useSearchParams());
  const choices = api.usage.choices.useQuery({});
  // Added to what the address says now, which the page may not show yet.
  const show = (changed: Partial<UsageView>) =>
    pushQuery(usageViewQuery({ ...readUsageView(new URLSearchParams(window.location.search)), ...changed }));
  const file = (name: 'summary' | 'requests') => `/api/usage/${name}.csv?${usageViewQuery(view)}`;
  return (
    <>
      <PageHead
        title={t('title')}
        lead={t('lead')}
        actions={<RangeChoice key={view.range} range={view.range} onChange={(range) => show({ range })} />}
      />
      <UsageFilters view={view} choices={choices.data} onChange={show} />
      <UsageBreakdown
        view={view}
        choices={choices.data}
        onChange={show}
        files={
          <a href={file('summary')} className={buttonClass()}>
            {t('files.summary')}
          </a>
        }
      />
      <RequestLog
        view={view}
        onChange={show}
        files={
          <a href={file('requests')} className={buttonClass()}>
            {t('files.requests')}
          </a>
        }
      />
    </>
  );
}
