'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText, usdText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { Figure } from '#ui/figure.tsx';
import { Section } from '#ui/section.tsx';
import { Status } from '#ui/status.tsx';
import { amountIn } from './amount-in.ts';

export interface BalanceAndPaceProps {
  /** Undefined while it is on its way. */
  readonly data: ApiOutput['overview']['read'] | undefined;
  readonly unit: BalanceUnit;
}

/** What is left, how fast it goes, and how long it lasts at that. */
export function BalanceAndPace({ data, unit }: BalanceAndPaceProps) {
  const t = useTranslations('overview');
  const locale = useLocale();
  const mayBuy = useMay('order.create');
  const tokens = unit === 'tokens' ? t('tokens') : undefined;
  const available = data?.balance.availableNanoUsd;
  const pace = data?.figures.perDayNanoUsd;
  const days = data?.figures.daysLeft;
  const buy = mayBuy && (
    <Link href="/console/plans" className={buttonClass('plain')}>
      {t('buy')}
    </Link>
  );
  return (
    <Section title={t('balance')} actions={buy}>
      <dl className="grid gap-x-10 gap-y-6 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
        <Figure
          label={t('available')}
          size="large"
          value={available === undefined ? undefined : amountIn(unit, available, locale)}
          unit={tokens}
          note={available !== undefined && (unit === 'money' ? tokensText : usdText)(available, locale)}
        />
        <Figure
          label={t('pace')}
          value={data && (pace == null ? '–' : amountIn(unit, pace, locale))}
          unit={pace == null ? undefined : t('perDay')}
          note={data && t('today', { amount: amountIn(unit, data.figures.today.chargeNanoUsd, locale) })}
        />
        <Figure
          label={t('lasts')}
          value={data && (days == null ? '–' : t('days', { count: days }))}
          note={data && (days == null ? t('noPace') : t('atThisPace'))}
        />
      </dl>
      {data?.balance.frozen && (
        <p className="mt-3">
          <Status tone="warn">{t('frozen')}</Status>
        </p>
      )}
    </Section>
  );
}
