'use client';

import { useTranslations } from 'next-intl';
import { LocalTime } from '#components/local-time.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Fact } from '#ui/fact.tsx';
import type { RequestView } from './request-view.ts';

/** What is known of a request beside its charge. */
export function RequestFacts({ request }: { readonly request: RequestView }) {
  const t = useTranslations('request');
  const { apiKey, clientProtocol, upstreamProtocol } = request;
  const converted = upstreamProtocol !== null && upstreamProtocol !== clientProtocol;
  return (
    <dl className="grid gap-x-10 text-small lg:grid-cols-2">
      <Fact label={t('fact.time')}>
        <LocalTime at={request.createdAt} precision="full" />
      </Fact>
      <Fact label={t('fact.key')}>
        {apiKey ? (
          <>
            {apiKey.name} <span className="font-mono text-ink-faint">{`…${apiKey.last4}`}</span>
          </>
        ) : (
          t('keyUnknown')
        )}
      </Fact>
      <Fact label={t('fact.endpoint')}>
        <code className="font-mono wrap-anywhere">{request.endpoint}</code>
      </Fact>
      <Fact label={t('fact.protocol')}>
        <code className="font-mono">{converted ? `${clientProtocol} → ${upstreamProtocol}` : clientProtocol}</code>
        {upstreamProtocol !== null && (
          <span className="text-ink-faint">{` · ${converted ? t('converted') : t('passedThrough')}`}</span>
        )}
      </Fact>
      {request.provider !== null && (
        <Fact label={t('fact.provider')}>
          <span className="font-mono">{request.provider}</span>
        </Fact>
      )}
      <Fact label={t('fact.stream')}>{request.stream ? t('streamed') : t('whole')}</Fact>
      <Fact label={t('fact.status')}>
        {request.status === null ? t('noStatus') : <span className="font-mono">{request.status}</span>}
      </Fact>
      <Fact label={t('fact.id')}>
        <span className="flex flex-wrap items-center gap-x-2">
          <code className="font-mono select-all wrap-anywhere max-sm:text-caption">{request.id}</code>
          <CopyButton text={request.id} what={t('fact.id')} look="quiet" />
        </span>
      </Fact>
    </dl>
  );
}
