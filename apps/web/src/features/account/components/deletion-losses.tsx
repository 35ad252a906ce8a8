'use client';

import { useLocale, useTranslations } from 'next-intl';
import { usdText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';

type Closing = ApiOutput['account']['deletionPreview']['closing'][number];

/** What is lost with the organizations that nobody else belongs to. */
export function DeletionLosses({ closing }: { readonly closing: readonly Closing[] }) {
  return closing.map((organization) => <Loss key={organization.id} {...organization} />);
}

function Loss({ name, paidNanoUsd, grantedNanoUsd, pendingOrders, openRefunds, liveKeys }: Closing) {
  const t = useTranslations('settings.deletion');
  const locale = useLocale();
  return (
    <div className="border-l-2 border-warn pl-3 text-small wrap-anywhere">
      <p className="font-medium">{t('closing', { name })}</p>
      <ul className="mt-1 list-disc pl-4 text-ink-soft">
        {paidNanoUsd > 0n && (
          <li>
            {t('paid', { amount: usdText(paidNanoUsd, locale) })}{' '}
            <Link href="/console/orders" className={linkClass}>
              {t('toOrders')}
            </Link>
          </li>
        )}
        {grantedNanoUsd > 0n && <li>{t('granted', { amount: usdText(grantedNanoUsd, locale) })}</li>}
        {pendingOrders > 0 && <li>{t('orders', { count: pendingOrders })}</li>}
        {openRefunds > 0 && <li>{t('refunds', { count: openRefunds })}</li>}
        {liveKeys > 0 && <li>{t('keys', { count: liveKeys })}</li>}
      </ul>
    </div>
  );
}
