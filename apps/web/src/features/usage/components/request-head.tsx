'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText, tokensText, usdText } from '#components/amounts.ts';
import { joinSentences } from '#components/sentences.ts';
import { Figure } from '#ui/figure.tsx';
import { PageHead } from '#ui/section.tsx';
import { Status } from '#ui/status.tsx';
import { modelText } from '../model-text.ts';
import { outcomeMeaning, outcomeTones } from '../outcome-meaning.ts';
import { ErrorExplained } from './error-explained.tsx';
import { RequestFacts } from './request-facts.tsx';
import type { RequestView } from './request-view.ts';

/** What was asked, how it ended, who pays and how long it took. */
export function RequestHead({ request }: { readonly request: RequestView }) {
  const t = useTranslations('request');
  const usage = useTranslations('usage');
  const locale = useLocale();
  const { meaning, pays } = outcomeMeaning(request);
  const milliseconds = (ms: number | null) =>
    ms === null ? { value: '–' } : { value: countText(ms, locale), unit: t('milliseconds') };
  return (
    <>
      <PageHead
        title={modelText(request)}
        lead={
          <>
            <Status tone={outcomeTones[request.outcome]}>{usage(`outcome.${request.outcome}`)}</Status>
            <span className="mt-1 block">{joinSentences([t(`meaning.${meaning}`), t(`pays.${pays}`)], locale)}</span>
          </>
        }
      />
      <dl className="mb-6 grid grid-cols-2 gap-x-8 gap-y-4 sm:grid-cols-3">
        <Figure
          label={t('charge')}
          value={tokensText(request.chargeNanoUsd, locale)}
          unit={usage('tokensUnit')}
          note={usdText(request.chargeNanoUsd, locale)}
        />
        <Figure label={t('firstByte')} {...milliseconds(request.firstByteMs)} />
        <Figure label={t('duration')} {...milliseconds(request.durationMs)} />
      </dl>
      {request.errorCode && <ErrorExplained code={request.errorCode} />}
      <RequestFacts request={request} />
    </>
  );
}
