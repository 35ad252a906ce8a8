'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { RecordTable } from '#ui/record-table.tsx';
import { Section } from '#ui/section.tsx';
import { Status } from '#ui/status.tsx';
import type { Operations } from '../judgement.ts';

/** Why requests of the last hour came to nothing: by code, model and the channel that failed last. */
export function CauseTable({ causes }: Pick<Operations, 'causes'>) {
  const t = useTranslations('operations');
  const locale = useLocale();
  const rows = causes.map((cause) => ({ ...cause, id: `${cause.code} ${cause.model} ${cause.channelId}` }));
  return (
    <div id="failures" className="mt-10 scroll-mt-6">
      <Section title={t('causes.title')}>
        {rows.length === 0 ? (
          <Status tone="good">{t('causes.none')}</Status>
        ) : (
          <RecordTable
            label={t('causes.title')}
            rows={rows}
            columns={[
              { label: t('column.code'), cell: ({ code }) => code, className: 'font-mono' },
              {
                label: t('column.model'),
                cell: ({ model }) => model || '–',
                className: 'max-w-56 truncate font-mono',
                title: ({ model }) => model,
              },
              {
                label: t('column.channel'),
                cell: ({ channelId, channelName }) =>
                  channelId && channelName ? (
                    <Link href={`/admin/channels/${channelId}`} className={linkClass}>
                      {channelName}
                    </Link>
                  ) : (
                    t(channelId ? 'causes.elsewhere' : 'causes.noChannel')
                  ),
                className: 'max-w-56 truncate',
              },
              { label: t('column.count'), cell: ({ count }) => countText(count, locale), numeric: true },
              {
                label: t('column.organizations'),
                cell: ({ organizations }) => countText(organizations, locale),
                numeric: true,
              },
              { label: t('column.last'), cell: ({ lastAt }) => <LocalTime at={lastAt} precision="second" /> },
              {
                label: t('column.request'),
                cell: ({ requestId }) => (
                  <Link href={`/admin/requests/${requestId}`} className={linkClass}>
                    {t('causes.example')}
                  </Link>
                ),
              },
            ]}
          />
        )}
      </Section>
    </div>
  );
}
