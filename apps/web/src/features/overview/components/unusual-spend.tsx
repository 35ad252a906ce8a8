'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';
import type { OverviewFigures } from '../figures.ts';
import { amountIn } from './amount-in.ts';

/** Says that today is far above an ordinary day, by the rule in figures.ts, and where to look. */
export function UnusualSpend({ figures, unit }: { readonly figures: OverviewFigures; readonly unit: BalanceUnit }) {
  const t = useTranslations('overview.unusual');
  const locale = useLocale();
  const amounts = {
    today: amountIn(unit, figures.today.chargeNanoUsd, locale),
    usual: amountIn(unit, figures.perDayNanoUsd ?? 0n, locale),
  };
  return (
    <aside
      aria-label={t('title')}
      className="mb-8 flex flex-wrap items-baseline gap-x-3 gap-y-1 border-l-2 border-warn py-1 pl-4 text-small"
    >
      <Status tone="warn">{t('title')}</Status>
      <span className="text-ink-soft">{t('body', amounts)}</span>
      <Link href={{ pathname: '/console/usage', query: { range: '24h', by: 'key' } }} className={linkClass}>
        {t('action')}
      </Link>
    </aside>
  );
}
