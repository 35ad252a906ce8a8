'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { classNames } from '#ui/class-names.ts';

const kinds = ['recent', 'whole'] as const;

/** The checks that run whether anybody looks or not: when they ran last, for how long, and what they found. */
export function BooksRuns({ runs }: { readonly runs: ApiOutput['reconciliation']['books']['runs'] }) {
  const t = useTranslations('reconciliation.run');
  return (
    <dl aria-label={t('title')} className="mb-4 grid gap-x-6 gap-y-1 text-small sm:grid-cols-[auto_1fr]">
      {kinds.map((kind) => {
        const run = runs.find((one) => one.kind === kind);
        return (
          <div key={kind} className="contents">
            <dt className="text-ink-soft">{t(kind)}</dt>
            <dd className={classNames('tabular-nums', run?.findingCount ? 'text-bad' : 'text-ink-faint')}>
              {run ? <Run run={run} /> : t('none')}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

type Run = ApiOutput['reconciliation']['books']['runs'][number];

function Run({ run: { startedAt, durationMs, entriesRead, findingCount } }: { readonly run: Run }) {
  const t = useTranslations('reconciliation.run');
  return (
    <>
      <LocalTime at={startedAt} precision="second" />
      {' · '}
      {t('outcome', { durationMs, entries: Number(entriesRead), findings: findingCount })}
    </>
  );
}
