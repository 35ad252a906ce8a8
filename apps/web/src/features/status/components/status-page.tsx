'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useFailure } from '#components/use-failure.ts';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { wasSeen } from '../report.ts';
import { ModelRow } from './model-row.tsx';
import { OverallState } from './overall-state.tsx';
import { QuietModels } from './quiet-models.tsx';

const refreshMs = 30_000;
const skeletonRows = 3;

/** How the models do, from real traffic. It looks again by itself. */
export function StatusPage() {
  const t = useTranslations('status');
  const failure = useFailure();
  const status = api.status.models.useQuery(undefined, { refetchInterval: refreshMs });
  const report = status.data;
  const seen = report?.models.filter(wasSeen) ?? [];
  const quiet = report?.models.filter((model) => !wasSeen(model)) ?? [];
  return (
    <div className="py-10 sm:py-14">
      <h1 className="text-small font-medium text-ink-soft">{t('title')}</h1>
      {report ? <OverallState report={report} /> : <Skeleton className="mt-2 h-9 w-96 max-w-full" />}
      <p className="mt-2 max-w-2xl text-small text-ink-soft">{t('lead')}</p>
      <p className="mt-1 min-h-5 text-caption text-ink-faint">
        {report && t.rich('updatedAt', { time: () => <LocalTime at={report.updatedAt} precision="second" /> })}
      </p>
      {status.error && (
        <div className="mt-6">
          <ErrorState {...failure(status.error)} onRetry={() => status.refetch()} />
        </div>
      )}
      {status.isPending && <StatusSkeleton />}
      {report && seen.length === 0 && <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>}
      {seen.length > 0 && (
        <ul aria-label={t('models')} className="mt-8 border-t border-rule-strong">
          {seen.map((model) => (
            <ModelRow key={`${model.model} ${model.provider}`} model={model} firstDay={report?.firstDay ?? ''} />
          ))}
        </ul>
      )}
      {quiet.length > 0 && <QuietModels models={quiet} />}
    </div>
  );
}

function StatusSkeleton() {
  return (
    <div aria-hidden="true" className="mt-8 flex flex-col gap-8 border-t border-rule-strong pt-5">
      {Array.from({ length: skeletonRows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders
        <div key={row} className="flex flex-col gap-4">
          <Skeleton className="h-6 w-64 max-w-full" />
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-14 w-full" />
        </div>
      ))}
    </div>
  );
}
