'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useFailure } from '#components/use-failure.ts';
import { WelcomeNotice } from '#features/welcome/components/welcome-notice.tsx';
import { PageHead } from '#ui/section.tsx';
import { ErrorState, Skeleton, SkeletonRows } from '#ui/states.tsx';
import { judge, type Operations as Read } from '../judgement.ts';
import { Backing } from './backing.tsx';
import { CauseTable } from './cause-table.tsx';
import { FindingList } from './finding-list.tsx';
import { LatencyTable } from './latency-table.tsx';
import { MarginsToday } from './margins-today.tsx';
import { Settlement } from './settlement.tsx';
import { Traffic } from './traffic.tsx';
import { WorkerTable } from './worker-table.tsx';

/** Workers tell of themselves every 3 s. A page that nobody sees asks nothing. */
const readEveryMs = 4_000;
const skeletonFigures = ['rate', 'open', 'failed', 'firstByte'] as const;

/** How the whole site does just now, and what somebody should see to. */
export function Operations() {
  const t = useTranslations('operations');
  const failure = useFailure();
  const { data, error, isPending, refetch } = api.operations.read.useQuery(undefined, {
    refetchInterval: readEveryMs,
  });
  return (
    <>
      <PageHead
        title={t('title')}
        lead={
          <>
            {t('lead')}{' '}
            {data && (
              <>
                {t('readAt')} <LocalTime at={data.readAt} precision="second" />.
              </>
            )}
          </>
        }
      />
      <WelcomeNotice />
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <Awaited />}
      {data && <Parts operations={data} />}
    </>
  );
}

function Parts({ operations }: { readonly operations: Read }) {
  const judgements = judge(operations);
  const { causes, models, workers, money } = operations;
  return (
    <>
      <FindingList judgements={judgements} />
      <Traffic operations={operations} judgements={judgements} />
      <CauseTable causes={causes} />
      <LatencyTable models={models} />
      <Settlement operations={operations} judgements={judgements} />
      <WorkerTable workers={workers} />
      <Backing operations={operations} judgements={judgements} />
      <MarginsToday money={money} />
    </>
  );
}

function Awaited() {
  return (
    <>
      <Skeleton className="mb-8 h-12 w-full" />
      <div className="mb-6 grid grid-cols-2 gap-x-8 gap-y-4 md:grid-cols-4">
        {skeletonFigures.map((name) => (
          <Skeleton key={name} className="h-20" />
        ))}
      </div>
      <Skeleton className="mb-8 h-72 w-full" />
      <SkeletonRows rows={6} />
    </>
  );
}
