'use client';

import { useTranslations } from 'next-intl';
import { LocalTime } from '#components/local-time.tsx';
import { useIsMounted } from '#components/use-is-mounted.ts';
import { OpenIncidents, PastIncidents } from '#features/incident/components/incident-history.tsx';
import { EmptyState, ErrorState } from '#ui/states.tsx';
import { type StatusReport, wasSeen } from '../report.ts';
import { useStatus } from '../use-status.ts';
import { ModelRow } from './model-row.tsx';
import { OverallState } from './overall-state.tsx';
import { QuietModels } from './quiet-models.tsx';

/** How the models do, from real traffic: as of when the page was made, then it looks again by itself. */
export function StatusPage({ first }: { readonly first: StatusReport }) {
  const t = useTranslations('status');
  const errors = useTranslations('errors');
  const { report, hasFailed, look } = useStatus(first);
  const isMounted = useIsMounted();
  const seen = report.models.filter(wasSeen);
  const quiet = report.models.filter((model) => !wasSeen(model));
  return (
    <div className="py-10 sm:py-14">
      <h1 className="text-small font-medium text-ink-soft">{t('title')}</h1>
      <OverallState report={report} />
      <p className="mt-2 max-w-2xl text-small text-ink-soft">{t('lead')}</p>
      <p className="mt-1 min-h-5 text-caption text-ink-faint">
        {isMounted && t.rich('updatedAt', { time: () => <LocalTime at={report.updatedAt} precision="second" /> })}
      </p>
      <OpenIncidents incidents={report.incidents} />
      {hasFailed && (
        <div className="mt-6">
          <ErrorState message={errors('unreachable')} onRetry={look} />
        </div>
      )}
      {seen.length === 0 && <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>}
      {seen.length > 0 && (
        <ul aria-label={t('models')} className="mt-8 border-t border-rule-strong">
          {seen.map((model) => (
            <ModelRow key={`${model.model} ${model.provider}`} model={model} firstDay={report.firstDay} />
          ))}
        </ul>
      )}
      {quiet.length > 0 && <QuietModels models={quiet} />}
      <PastIncidents incidents={report.incidents} />
    </div>
  );
}
