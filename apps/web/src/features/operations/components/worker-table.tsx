'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { Section } from '#ui/section.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Status } from '#ui/status.tsx';
import { bytesText } from '../figures.ts';
import type { Operations } from '../judgement.ts';

type Worker = Operations['workers'][number];
const tones = { serving: 'good', draining: 'warn', unreachable: 'bad', stopped: 'quiet' } as const;

/** Each worker as it last told of itself. */
export function WorkerTable({ workers }: Pick<Operations, 'workers'>) {
  const t = useTranslations('operations');
  const locale = useLocale();
  const of = (read: (report: NonNullable<Worker['report']>) => string) => (worker: Worker) =>
    worker.report === null ? '–' : read(worker.report);
  return (
    <div id="workers" className="mt-10 scroll-mt-6">
      <Section title={t('workers.title')}>
        {workers.length === 0 ? (
          <EmptyState title={t('workers.emptyTitle')}>{t('workers.emptyBody')}</EmptyState>
        ) : (
          <RecordTable
            label={t('workers.title')}
            rows={workers}
            columns={[
              {
                label: t('column.worker'),
                cell: ({ address, id }) => (
                  <>
                    <span className="block font-mono">{address ?? '–'}</span>
                    <span className="block font-mono text-caption text-ink-faint">{id}</span>
                  </>
                ),
                className: 'py-1.5',
              },
              {
                label: t('column.state'),
                cell: ({ state }) => <Status tone={tones[state]}>{t(`workers.state.${state}`)}</Status>,
              },
              { label: t('column.version'), cell: of(({ version }) => version), className: 'font-mono' },
              { label: t('column.started'), cell: ({ startedAt }) => <LocalTime at={startedAt} /> },
              { label: t('column.heard'), cell: ({ heardAt }) => <LocalTime at={heardAt} precision="second" /> },
              { label: t('column.open'), cell: of((report) => countText(report.requestsOpen, locale)), numeric: true },
              { label: t('column.unsettled'), cell: of((one) => countText(one.unsettled, locale)), numeric: true },
              { label: t('column.journal'), cell: of(journalText), numeric: true },
              { label: t('column.redis'), cell: of(({ redis }) => t(`workers.redis.${redis}`)) },
              { label: t('column.memory'), cell: of((one) => bytesText(one.memoryBytes, locale)), numeric: true },
            ]}
          />
        )}
      </Section>
    </div>
  );

  function journalText({ journalBytes, journalState }: NonNullable<Worker['report']>): string {
    return journalState === 'open' ? bytesText(journalBytes, locale) : t(`workers.journal.${journalState}`);
  }
}
