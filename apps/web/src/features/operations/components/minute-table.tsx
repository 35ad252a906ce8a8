'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import type { Operations } from '../judgement.ts';

/** The chart's figures, exact, the latest first. */
export function MinuteTable({ minutes }: { readonly minutes: Operations['minutes'] }) {
  const t = useTranslations('operations');
  const locale = useLocale();
  const rows = minutes.map((minute) => ({ ...minute, id: minute.at.toISOString() })).reverse();
  const count = (of: 'requests' | 'succeeded' | 'refused' | 'failed') => ({
    label: t(`ended.${of}`),
    cell: (row: (typeof rows)[number]) => countText(row[of], locale),
    numeric: true,
  });
  return (
    <div className="max-h-96 overflow-y-auto">
      <RecordTable
        label={t('traffic.chart')}
        rows={rows}
        columns={[
          { label: t('column.minute'), cell: ({ at }) => <LocalTime at={at} /> },
          count('requests'),
          count('succeeded'),
          count('refused'),
          count('failed'),
        ]}
      />
    </div>
  );
}
