'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText, usdText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Figure } from '#ui/figure.tsx';
import { ErrorState } from '#ui/states.tsx';
import { Status } from '#ui/status.tsx';

export type BalanceUnit = 'tokens' | 'money';

const refreshMs = 10_000;

/** Available, held and posted balance, in tokens and dollars. */
export function BalanceFigures({ unit }: { readonly unit: BalanceUnit }) {
  const t = useTranslations('balance');
  const locale = useLocale();
  const failure = useFailure();
  const balance = api.balance.read.useQuery({}, { refetchInterval: refreshMs });
  if (balance.error) return <ErrorState {...failure(balance.error)} onRetry={() => balance.refetch()} />;

  function figure(amountNanoUsd: bigint | undefined) {
    if (amountNanoUsd === undefined) return { value: undefined };
    const tokens = tokensText(amountNanoUsd, locale);
    const usd = usdText(amountNanoUsd, locale);
    return unit === 'tokens'
      ? { value: tokens, unit: t('tokens'), note: usd }
      : { value: usd, note: `${tokens} ${t('tokens')}` };
  }

  return (
    <>
      <dl className="grid gap-x-10 gap-y-6 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
        <Figure label={t('available')} size="large" {...figure(balance.data?.availableNanoUsd)} />
        <Figure label={t('posted')} {...figure(balance.data?.postedNanoUsd)} />
        <Figure label={t('held')} {...figure(balance.data?.heldNanoUsd)} />
      </dl>
      {balance.data?.frozen && (
        <p className="mt-3">
          <Status tone="warn">{t('frozen')}</Status>
        </p>
      )}
    </>
  );
}
