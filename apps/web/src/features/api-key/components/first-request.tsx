'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { tokensText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import type { Answer } from '#features/playground/answer.ts';
import { askWorker } from '#features/playground/ask-worker.ts';
import { chooseModel, modelsOfKey } from '#features/playground/choose-model.ts';
import { nativeProtocol } from '#features/playground/protocols.ts';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';
import type { MadeSecret } from '../made-secret.ts';

const watchMs = 2_000;
const testTokens = 32;
const testTimeoutMs = 60_000;

/** Waits for the first request of a new secret, by whatever tool or by a press here. What is shown is the request's own record. */
export function FirstRequest({ made, workerUrl }: { readonly made: MadeSecret; readonly workerUrl: string }) {
  const t = useTranslations('keys.first');
  const locale = useLocale();
  const [since] = useState(() => new Date());
  const [answer, setAnswer] = useState<Answer>();
  const models = api.model.list.useQuery({});
  const seen = api.usage.requests.useQuery(
    { range: '24h', narrowing: { key: made.apiKeyId } },
    { refetchInterval: ({ state }) => (firstSince(state.data, since) ? false : watchMs) },
  );
  const request = firstSince(seen.data, since);
  const model = chooseModel(modelsOfKey(models.data ?? [], made, undefined));
  const isBusy = answer?.state === 'waiting' || answer?.state === 'streaming';

  function test() {
    if (!model) return;
    const turns = [{ role: 'user', text: t('question') }] as const;
    const question = { protocol: nativeProtocol(model.provider), model: model.id, system: '', turns };
    void askWorker({
      ...{ workerUrl, secret: made.secret, signal: AbortSignal.timeout(testTimeoutMs), onAnswer: setAnswer },
      question: { ...question, temperature: undefined, maxTokens: testTokens },
    });
  }

  return (
    <section aria-label={t('title')} className="flex flex-col gap-2 border-y border-rule py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2" aria-live="polite">
        {!request && <Status tone="quiet">{t('waiting')}</Status>}
        {request && (
          <>
            <Status tone={request.errorCode === null ? 'good' : 'bad'}>
              {t('seen', { status: request.status ?? '–' })}
            </Status>
            <span className="font-mono text-small">{request.modelUsed ?? request.modelRequested}</span>
            <span className="text-small">{t('cost', { tokens: tokensText(request.chargeNanoUsd, locale) })}</span>
            <Link href={`/console/usage/${request.id}`} target="_blank" className={linkClass}>
              {t('receipt')}
            </Link>
          </>
        )}
        <span className="grow" />
        <Button onClick={test} busy={isBusy} disabled={!model}>
          {t('test')}
        </Button>
      </div>
      {answer?.state === 'failed' && (
        <p role="alert" className="text-small text-bad wrap-anywhere">
          {answer.status === undefined
            ? t('notReached', { address: workerUrl })
            : t('refused', { status: answer.status })}{' '}
          <span className="font-mono text-caption">{answer.error?.slice(0, 300)}</span>
        </p>
      )}
      {model && <p className="text-caption text-ink-faint">{t('hint', { model: model.id })}</p>}
    </section>
  );
}

type Page = { readonly requests: readonly { readonly createdAt: Date }[] };

/** The newest request of a key since its secret was made; a key that was rotated has older ones. */
function firstSince<Row extends Page>(page: Row | undefined, since: Date): Row['requests'][number] | undefined {
  const newest = page?.requests[0];
  return newest && newest.createdAt >= since ? newest : undefined;
}
