'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { AttemptList } from './attempt-list.tsx';
import { LossList } from './loss-list.tsx';
import { RequestAwaited } from './request-awaited.tsx';
import { RequestHead } from './request-head.tsx';
import { RequestReceipt } from './request-receipt.tsx';
import { useLooks } from './use-looks.ts';

/** One request: how it ended, its receipt, its attempts and what was lost. */
export function Request({ requestId }: { readonly requestId: string }) {
  const t = useTranslations('request');
  const looks = useLooks(requestId);
  const query = api.usage.request.useQuery({ requestId }, looks.options);
  const request = query.data;
  const home = { href: '/console/usage', back: t('back'), all: t('missing.toUsage') };
  return (
    <RequestAwaited query={query} looks={looks} home={home} missing={t('missing.body')}>
      {request && (
        <>
          <RequestHead request={request} />
          <RequestReceipt request={request} />
          <AttemptList {...request} isFree={request.chargeNanoUsd === 0n} />
          <LossList losses={request.losses} />
        </>
      )}
    </RequestAwaited>
  );
}
