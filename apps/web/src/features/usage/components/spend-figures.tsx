'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText, usdText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Figure } from '#ui/figure.tsx';
import { ErrorState } from '#ui/states.tsx';

/** What was spent today, in 7 and in 30 days. */
export function SpendFigures({ unit }: { readonly unit: 'tokens' | 'money' }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  const failure = useFailure();
  const summary = api.usage.summary.useQuery({});
  if (summary.error) return <ErrorState {...failure(summary.error)} onRetry={() => summary.refetch()} />;
  return (
    <dl className="grid grid-cols-1 gap-x-10 gap-y-6 sm:grid-cols-3">
      {(['today', 'week', 'month'] as const).map((span) => {
        const sums = summary.data?.[span];
        return (
          <Figure
            key={span}
            label={t(`span.${span}`)}
            value={sums && (unit === 'tokens' ? tokensText : usdText)(sums.chargeNanoUsd, locale)}
            unit={unit === 'tokens' ? t('tokensUnit') : undefined}
            note={sums && t('requestCount', { count: Number(sums.requests) })}
          />
        );
      })}
    </dl>
  );
}
