'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { ChevronIcon } from '#ui/icons.tsx';
import { EmptyState, ErrorState } from '#ui/states.tsx';
import { mayStillCome } from '../request-id.ts';
import { AttemptList } from './attempt-list.tsx';
import { LossList } from './loss-list.tsx';
import { RequestHead } from './request-head.tsx';
import { RequestReceipt } from './request-receipt.tsx';
import { RequestSkeleton } from './request-skeleton.tsx';

const lookAgainMs = 1_000;
/** How often a receipt that may be on its way is looked for. */
const maxLooks = 6;

/** One request: how it ended, its receipt, its attempts and what was lost. A receipt never changes once it is there. */
export function Request({ requestId }: { readonly requestId: string }) {
  const t = useTranslations('request');
  const failure = useFailure();
  const [looks] = useState(() => (mayStillCome(requestId, Date.now()) ? maxLooks : 1));
  const request = api.usage.request.useQuery(
    { requestId },
    {
      staleTime: Number.POSITIVE_INFINITY,
      refetchInterval: ({ state }) => isMissing(state.error) && state.errorUpdateCount < looks && lookAgainMs,
    },
  );
  const missing = isMissing(request.error);
  const looked = request.errorUpdateCount;
  const waiting = request.isPending || (missing && looked < looks);
  return (
    <>
      <Link
        href="/console/usage"
        className="mb-3 inline-flex min-h-7 items-center gap-1 text-small text-ink-soft hover:text-ink max-sm:min-h-11"
      >
        <ChevronIcon className="rotate-90" />
        {t('back')}
      </Link>
      <p role="status" className="text-small text-ink-soft not-empty:mb-4">
        {waiting && looked > 0 && looked < looks ? t('missing.looking') : ''}
      </p>
      {!request.data && <h1 className="sr-only">{t('title')}</h1>}
      {waiting && <RequestSkeleton />}
      {!waiting && missing && (
        <EmptyState
          title={t('missing.title')}
          action={
            <div className="flex flex-wrap justify-center gap-2.5">
              <Button onClick={() => request.refetch()}>{t('missing.again')}</Button>
              <Link href="/console/usage" className={buttonClass('plain')}>
                {t('missing.toUsage')}
              </Link>
            </div>
          }
        >
          {t('missing.body')}
        </EmptyState>
      )}
      {!waiting && request.error && !missing && (
        <ErrorState {...failure(request.error)} onRetry={() => request.refetch()} />
      )}
      {request.data && (
        <>
          <RequestHead request={request.data} />
          <RequestReceipt request={request.data} />
          <AttemptList request={request.data} />
          <LossList losses={request.data.losses} />
        </>
      )}
    </>
  );
}

/** Not there, or an id that can be nobody's. */
function isMissing(error: { readonly data?: { readonly reason: string } | null | undefined } | null): boolean {
  return error?.data?.reason === 'not_found' || error?.data?.reason === 'invalid_input';
}
