'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText, usdText } from '#components/amounts.ts';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import type { ApiKey } from '../api-key.ts';

export interface SpendOfProps {
  readonly apiKey: ApiKey;
  readonly period: 'day' | 'month';
  readonly unit: BalanceUnit;
}

/** What a key spent in the UTC day or month, of what it may. */
export function SpendOf({ apiKey, period, unit }: SpendOfProps) {
  const t = useTranslations('keys');
  const locale = useLocale();
  const isDay = period === 'day';
  const spent = isDay ? apiKey.spentTodayNanoUsd : apiKey.spentThisMonthNanoUsd;
  const limit = isDay ? apiKey.spendPerDayNanoUsd : apiKey.spendPerMonthNanoUsd;
  const text = (amountNanoUsd: bigint) =>
    unit === 'money' ? usdText(amountNanoUsd, locale) : tokensText(amountNanoUsd, locale);
  if (limit === null) return <span className="font-mono">{text(spent)}</span>;
  const isReached = spent >= limit;
  return (
    <span className={isReached ? 'font-mono text-warn' : 'font-mono'}>
      {t('spentOf', { spent: text(spent), limit: text(limit) })}
      {isReached && <span className="sr-only"> {t('limitReached')}</span>}
    </span>
  );
}
