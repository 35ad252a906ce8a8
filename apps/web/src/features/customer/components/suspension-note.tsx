'use client';

import { useTranslations } from 'next-intl';
import { LocalTime } from '#components/local-time.tsx';
import type { CustomerPage } from '../customer-page.ts';

/** Who suspended a customer, when and why. */
export function SuspensionNote({ suspension }: { readonly suspension: NonNullable<CustomerPage['suspension']> }) {
  const t = useTranslations('customers');
  const { at, by, reason } = suspension;
  return (
    <div className="mb-6 border-l-2 border-bad py-1 pl-4 text-small">
      <p className="font-medium">{t('suspension')}</p>
      {reason && <p className="wrap-anywhere">{reason}</p>}
      <p className="text-caption text-ink-faint">
        {by?.email ?? t('system')} · <LocalTime at={at} />
      </p>
    </div>
  );
}
