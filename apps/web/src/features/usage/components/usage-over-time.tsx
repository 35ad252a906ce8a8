'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { ApiOutput } from '#components/api.ts';
import { Twin } from '#ui/twin.tsx';
import { chartData } from '../chart-data.ts';
import { startsOf } from '../usage-range.ts';
import type { UsageView } from '../usage-view.ts';
import { PointTable } from './point-table.tsx';
import { UsageChart } from './usage-chart.tsx';
import { type UsageChoices, useUsageNames } from './use-usage-names.ts';

export interface UsageOverTimeProps {
  readonly view: UsageView;
  readonly breakdown: ApiOutput['usage']['breakdown'];
  readonly choices: UsageChoices | undefined;
}

/** The hours or days of a range as a chart, and the same figures exactly. */
export function UsageOverTime({ view: { by, metric }, breakdown, choices }: UsageOverTimeProps) {
  const t = useTranslations('usage');
  const usageName = useUsageNames(choices);
  const { points, named, span } = breakdown;
  const data = useMemo(
    () => chartData(points, { starts: startsOf(span), named, metric }),
    [points, named, span, metric],
  );
  const nameOf = (value: string | null) => (value === null ? t('others') : usageName(by, value));
  const chart = <UsageChart label={t('chartLabel')} names={data.series.map(nameOf)} points={data.points} />;
  return (
    <Twin
      label={t(`overTime.${metric}`)}
      chart={chart}
      table={<PointTable points={points} nameOf={nameOf} by={by} />}
    />
  );
}
