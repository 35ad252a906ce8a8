'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { countText, tokensText, usdText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { useSite } from '#components/site.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Figure } from '#ui/figure.tsx';
import { Section } from '#ui/section.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { chartData } from '../chart-data.ts';
import { type DayRange, daysOfRange } from '../days.ts';
import { type Sums, totalOf } from '../totals.ts';
import { DailyTable } from './daily-table.tsx';
import { UsageChart } from './usage-chart.tsx';

/** Totals of the range, and its days and models as a chart or a table. */
export function SpendByModel({ days }: { readonly days: DayRange }) {
  const t = useTranslations('usage');
  const failure = useFailure();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const daily = api.usage.daily.useQuery({ days });
  const rows = daily.data;
  const data = useMemo(() => rows && chartData(rows, daysOfRange(days, Date.now())), [rows, days]);
  if (daily.error) return <ErrorState {...failure(daily.error)} onRetry={() => daily.refetch()} />;
  return (
    <>
      <Totals total={rows && totalOf(rows)} />
      <Section
        title={t('byModel')}
        actions={
          <Segmented
            label={t('view.label')}
            value={view}
            onChange={setView}
            options={[
              { value: 'chart', label: t('view.chart') },
              { value: 'table', label: t('view.table') },
            ]}
          />
        }
      >
        {!rows && <Skeleton className="h-72 w-full" />}
        {rows?.length === 0 && <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>}
        {rows && rows.length > 0 && data && (view === 'chart' ? <UsageChart {...data} /> : <DailyTable rows={rows} />)}
      </Section>
    </>
  );
}

function Totals({ total }: { readonly total: Sums | undefined }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  const isMoney = useSite().showBalanceAs === 'money';
  const input = total && total.input + total.cacheRead + total.cacheWrite;
  return (
    <dl className="mb-10 grid grid-cols-2 gap-x-8 gap-y-6 lg:grid-cols-4">
      <Figure
        label={t('total.charge')}
        value={total && (isMoney ? usdText : tokensText)(total.chargeNanoUsd, locale)}
        unit={isMoney ? undefined : t('tokensUnit')}
        note={
          total &&
          (isMoney
            ? `${tokensText(total.chargeNanoUsd, locale)} ${t('tokensUnit')}`
            : usdText(total.chargeNanoUsd, locale))
        }
      />
      <Figure
        label={t('total.requests')}
        value={total && countText(total.requests, locale)}
        note={total && t('total.errors', { count: countText(total.errors, locale) })}
      />
      <Figure
        label={t('total.input')}
        value={input === undefined ? undefined : countText(input, locale)}
        note={total && t('total.cached', { count: countText(total.cacheRead, locale) })}
      />
      <Figure label={t('total.output')} value={total && countText(total.output, locale)} />
    </dl>
  );
}
