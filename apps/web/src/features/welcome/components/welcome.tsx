'use client';

import type { WelcomeStep } from '@ai-bridge/catalog';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { type Welcome as Read, stepsBehind } from '../welcome.ts';
import { ChannelStep } from './channel-step.tsx';
import { MailStep } from './mail-step.tsx';
import { ModelStep } from './model-step.tsx';
import { PaymentsStep } from './payments-step.tsx';
import { RequestStep, type RequestStepProps } from './request-step.tsx';
import { SiteStep } from './site-step.tsx';
import { StepItem } from './step-item.tsx';
import { useSkip } from './use-skip.ts';

/** Steps tick by the facts, so they are looked at while the page is open. */
const lookEveryMs = 3_000;
const skeletonSteps = 7;

/** The first set-up: what a new site needs before it can sell, each step ticked by what there is. */
export function Welcome({ keys }: { readonly keys: RequestStepProps['keys'] }) {
  const t = useTranslations('welcome');
  const failure = useFailure();
  const skip = useSkip();
  const { data, error, isPending, refetch } = api.welcome.read.useQuery(undefined, { refetchInterval: lookEveryMs });
  const away = data?.isOver ? (
    <Link href="/admin/operations" className={buttonClass('primary')}>
      {t('toOperations')}
    </Link>
  ) : (
    <Button busy={skip.isPending} onClick={() => skip.mutate({ step: 'all', isSkipped: true })}>
      {t('dismiss')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={data && away} />
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={skeletonSteps} className="h-14" />}
      {data && (
        <>
          <p role="status" className="mb-2 text-small text-ink-soft">
            {data.isDismissed ? t('dismissed') : t('behind', { behind: stepsBehind(data), all: data.steps.length })}
          </p>
          <ol>
            {data.steps.map(({ step, state }, index) => (
              <StepItem key={step} number={index + 1} step={step} state={state}>
                {bodies(data, keys, t('administrator'))[step]}
              </StepItem>
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function bodies(
  welcome: Read,
  keys: RequestStepProps['keys'],
  administrator: string,
): Readonly<Record<WelcomeStep, ReactNode>> {
  const { site, mail, payments, channels, models, request } = welcome;
  return {
    administrator: <p className="text-small text-ink-soft">{administrator}</p>,
    site: <SiteStep site={site} />,
    mail: <MailStep mail={mail} />,
    payments: <PaymentsStep payments={payments} />,
    channel: <ChannelStep channels={channels} />,
    model: <ModelStep models={models} />,
    request: <RequestStep request={request} models={models} keys={keys} />,
  };
}
