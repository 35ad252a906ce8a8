'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText, percentText, tokensText, usdText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { useSite } from '#components/site.tsx';
import { Figure } from '#ui/figure.tsx';
import { averageMs, cacheHitRate } from '../totals.ts';

type Total = ApiOutput['usage']['breakdown']['total'];

/** What a range comes to: spend, requests, tokens by kind, and how long answers took. */
export function UsageFigures({ total }: { readonly total: Total | undefined }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  const isMoney = useSite().showBalanceAs === 'money';
  const text = total && textsOf(total, locale);
  const inTokens = text && `${text.tokens} ${t('tokensUnit')}`;
  return (
    <dl className="mb-10 grid grid-cols-2 gap-x-8 gap-y-6 lg:grid-cols-3">
      <Figure
        label={t('total.charge')}
        value={isMoney ? text?.usd : text?.tokens}
        unit={isMoney ? undefined : t('tokensUnit')}
        note={isMoney ? inTokens : text?.usd}
      />
      <Figure
        label={t('total.requests')}
        value={text?.requests}
        note={text && t('total.errors', { count: text.errors })}
      />
      <Figure
        label={t('total.cacheHitRate')}
        value={text?.cacheHitRate}
        note={text && t('total.cached', { count: text.cacheRead })}
      />
      <Figure
        label={t('total.input')}
        value={text?.input}
        note={text && t('total.written', { count: text.cacheWrite })}
      />
      <Figure
        label={t('total.output')}
        value={text?.output}
        note={text && t('total.reasoning', { count: text.reasoning })}
      />
      <Figure
        label={t('total.firstByte')}
        value={text?.firstByte}
        unit={t('milliseconds')}
        note={text && t('total.duration', { ms: text.duration })}
      />
    </dl>
  );
}

function textsOf(total: Total, locale: string) {
  const count = (of: bigint) => countText(of, locale);
  const milliseconds = (ms: number | undefined) => (ms === undefined ? '–' : countText(Math.round(ms), locale));
  const hitRate = cacheHitRate(total);
  return {
    tokens: tokensText(total.chargeNanoUsd, locale),
    usd: usdText(total.chargeNanoUsd, locale),
    requests: count(total.requests),
    errors: count(total.errors),
    cacheHitRate: hitRate === undefined ? '–' : percentText(Math.round(hitRate * 10_000), locale),
    cacheRead: count(total.cacheRead),
    cacheWrite: count(total.cacheWrite),
    input: count(total.input + total.cacheRead + total.cacheWrite),
    output: count(total.output),
    reasoning: count(total.reasoning),
    firstByte: milliseconds(averageMs(total.firstByteMsSum, total.firstByteCount)),
    duration: milliseconds(averageMs(total.durationMsSum, total.requests)),
  };
}
