'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { RecordTable } from '#ui/record-table.tsx';
import { Section } from '#ui/section.tsx';
import type { Operations } from '../judgement.ts';

/** How each model did at each provider in the last minutes, by attempts: a failure shows though another channel helped out. */
export function LatencyTable({ models }: Pick<Operations, 'models'>) {
  const t = useTranslations('operations');
  const locale = useLocale();
  const rows = models.map((model) => ({ ...model, id: `${model.provider} ${model.model}` }));
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const ms = (value: number | undefined) => (value === undefined ? '–' : countText(value, locale));
  return (
    <div id="latency" className="mt-10 scroll-mt-6">
      <Section title={t('latency.title')}>
        {rows.length === 0 ? (
          <p className="text-small text-ink-soft">{t('latency.none')}</p>
        ) : (
          <RecordTable
            label={t('latency.title')}
            rows={rows}
            columns={[
              { label: t('column.model'), cell: ({ model }) => model, className: 'font-mono' },
              { label: t('column.provider'), cell: ({ provider }) => provider },
              { label: t('column.attempts'), cell: ({ requests }) => countText(requests, locale), numeric: true },
              {
                label: t('column.answered'),
                cell: ({ availability }) => share.format(availability),
                numeric: true,
              },
              { label: t('column.p50'), cell: ({ firstByteP50Ms }) => ms(firstByteP50Ms), numeric: true },
              { label: t('column.p95'), cell: ({ firstByteP95Ms }) => ms(firstByteP95Ms), numeric: true },
            ]}
          />
        )}
      </Section>
    </div>
  );
}
