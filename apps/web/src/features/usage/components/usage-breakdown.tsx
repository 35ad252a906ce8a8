'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Field, Select } from '#ui/field.tsx';
import { Section } from '#ui/section.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { ErrorState, Skeleton, SkeletonRows } from '#ui/states.tsx';
import { type Grouping, groupings, metrics, type UsageView } from '../usage-view.ts';
import { GroupTable } from './group-table.tsx';
import { NothingFound } from './nothing-found.tsx';
import { UsageFigures } from './usage-figures.tsx';
import { UsageOverTime } from './usage-over-time.tsx';
import type { UsageChoices } from './use-usage-names.ts';

export interface UsageBreakdownProps {
  readonly view: UsageView;
  readonly choices: UsageChoices | undefined;
  readonly onChange: (changed: Partial<UsageView>) => void;
  readonly files: ReactNode;
}

const skeletonRows = 4;

/** Totals of the range, its hours or days as a chart or a table, and its groups. */
export function UsageBreakdown({ view, choices, onChange, files }: UsageBreakdownProps) {
  const t = useTranslations('usage');
  const failure = useFailure();
  const { range, narrowing, by, metric } = view;
  const breakdown = api.usage.breakdown.useQuery({ range, narrowing, by, metric }, { placeholderData: stayUntilNext });
  const { data } = breakdown;
  if (breakdown.error) return <ErrorState {...failure(breakdown.error)} onRetry={() => breakdown.refetch()} />;
  const isEmpty = data?.groups.length === 0;
  return (
    <>
      <UsageFigures total={data?.total} />
      <Section title={t(`overTime.${metric}`)} actions={<ViewChoice view={view} onChange={onChange} />}>
        {!data && <Skeleton className="h-85 w-full" />}
        {isEmpty && <NothingFound view={view} onChange={onChange} />}
        {data && !isEmpty && <UsageOverTime view={view} breakdown={data} choices={choices} />}
      </Section>
      <Section title={t(`grouped.${by}`)} actions={files}>
        {!data && <SkeletonRows rows={skeletonRows} />}
        {isEmpty && <p className="py-2 text-small text-ink-soft">{t('empty.title')}</p>}
        {data && !isEmpty && <GroupTable view={view} breakdown={data} choices={choices} onChange={onChange} />}
      </Section>
    </>
  );
}

/** While the next figures are on their way the old ones stay, so that nothing jumps. */
function stayUntilNext<Data>(before: Data | undefined): Data | undefined {
  return before;
}

function ViewChoice({ view: { by, metric }, onChange }: Pick<UsageBreakdownProps, 'view' | 'onChange'>) {
  const t = useTranslations('usage');
  return (
    <div className="flex flex-wrap items-center gap-2.5">
      <Field label={<span className="sr-only">{t('by.label')}</span>}>
        <Select value={by} onChange={({ currentTarget }) => onChange({ by: currentTarget.value as Grouping })}>
          {groupings.map((grouping) => (
            <option key={grouping} value={grouping}>
              {t(`grouped.${grouping}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Segmented
        label={t('metric.label')}
        value={metric}
        onChange={(next) => onChange({ metric: next })}
        options={metrics.map((one) => ({ value: one, label: t(`metric.${one}`) }))}
      />
    </div>
  );
}
