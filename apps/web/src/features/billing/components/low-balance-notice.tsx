'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';

const refreshMs = 30_000;

/** Stands above everything as long as the balance is under a threshold of the organization's. */
export function LowBalanceNotice() {
  const t = useTranslations('overview.low');
  const locale = useLocale();
  const { data } = api.billing.read.useQuery({}, { refetchInterval: refreshMs });
  const crossed = data?.alerts.crossedNanoUsd;
  if (crossed === undefined) return null;
  return (
    <aside
      aria-label={t('title')}
      className="mb-8 flex flex-wrap items-baseline gap-x-3 gap-y-1 border-l-2 border-warn py-1 pl-4 text-small"
    >
      <Status tone="warn">{t('title')}</Status>
      <span className="text-ink-soft">
        {t('body', { tokens: tokensText(crossed, locale) })} {data?.topUp?.isOn && t('topUp')}
      </span>
      <Link href="/console/billing" className={linkClass}>
        {t('action')}
      </Link>
    </aside>
  );
}
