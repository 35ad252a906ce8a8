'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { Figure } from '#ui/figure.tsx';
import type { OverviewFigures } from '../figures.ts';
import { amountIn } from './amount-in.ts';

export interface SpendSpansProps {
  readonly figures: OverviewFigures | undefined;
  readonly unit: BalanceUnit;
}

/** A figure and its word stay together on one line. */
const unbroken = (text: string) => text.replaceAll(' ', '\u00a0');

/** Spend of today, 7 and 30 days, each with its requests, errors and how soon answers began. */
export function SpendSpans({ figures, unit }: SpendSpansProps) {
  const t = useTranslations('overview');
  const locale = useLocale();
  return (
    <dl className="grid grid-cols-1 gap-x-10 gap-y-6 sm:grid-cols-3">
      {(['today', 'week', 'month'] as const).map((name) => {
        const span = figures?.[name];
        const lines = span && [
          t('requests', { count: Number(span.requests) }),
          t('errors', { count: Number(span.errors) }),
          span.firstByteMs === null ? '' : t('firstByte', { ms: countText(span.firstByteMs, locale) }),
        ];
        return (
          <Figure
            key={name}
            label={t(`span.${name}`)}
            value={span && amountIn(unit, span.chargeNanoUsd, locale)}
            unit={unit === 'tokens' ? t('tokens') : undefined}
            note={lines
              ?.filter((line) => line !== '')
              .map(unbroken)
              .join(' · ')}
          />
        );
      })}
    </dl>
  );
}
