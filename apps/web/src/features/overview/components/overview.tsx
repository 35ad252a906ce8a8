'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { LowBalanceNotice } from '#features/billing/components/low-balance-notice.tsx';
import { ToolSetup } from '#features/gateway/components/tool-setup.tsx';
import type { ToolGuide } from '#features/gateway/tool-guide.ts';
import { PageHead, Section } from '#ui/section.tsx';
import { ErrorState } from '#ui/states.tsx';
import { BalanceAndPace } from './balance-and-pace.tsx';
import { FirstSteps, isOpen } from './first-steps.tsx';
import { SpendSpans } from './spend-spans.tsx';
import { SpendTrend } from './spend-trend.tsx';
import { TopModels } from './top-models.tsx';
import { UnusualSpend } from './unusual-spend.tsx';

/** While a first step is open it should tick itself as it is done; later the figures only have to be of this minute. */
const watchMs = 2_000;
const refreshMs = 30_000;

export interface OverviewProps {
  readonly workerUrl: string;
  readonly unit: BalanceUnit;
  readonly guides: readonly ToolGuide[];
}

/** How the organization stands, in one question to the server; it is asked again only while somebody looks. */
export function Overview({ workerUrl, unit, guides }: OverviewProps) {
  const t = useTranslations('overview');
  const failure = useFailure();
  const { data, error, refetch } = api.overview.read.useQuery(
    {},
    { refetchInterval: ({ state }) => (isOpen(state.data?.steps) ? watchMs : refreshMs) },
  );
  return (
    <>
      <PageHead title={t('title')} />
      <LowBalanceNotice />
      {error && !data && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {data?.figures.isUnusual && <UnusualSpend figures={data.figures} unit={unit} />}
      {!(error && !data) && (
        <>
          <BalanceAndPace data={data} unit={unit} />
          {data && <FirstSteps steps={data.steps} />}
          <Section title={t('spend')}>
            <SpendSpans figures={data?.figures} unit={unit} />
            <SpendTrend days={data?.figures.days} unit={unit} />
          </Section>
          {data && data.figures.topModels.length > 0 && <TopModels models={data.figures.topModels} unit={unit} />}
        </>
      )}
      <Section title={t('connect')}>
        <ToolSetup guides={guides} workerUrl={workerUrl} />
      </Section>
    </>
  );
}
