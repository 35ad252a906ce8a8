'use client';

import { useTranslations } from 'next-intl';
import { Copyable } from '#components/copyable.tsx';
import { LocalTime } from '#components/local-time.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';
import type { Welcome } from '../welcome.ts';
import { KeysTest } from './keys-test.tsx';

/** Who takes the money here, and where the provider has to send its events; the first one that arrives shows by itself. */
export function PaymentsStep({ payments }: Pick<Welcome, 'payments'>) {
  const t = useTranslations('welcome.payments');
  const { provider, isTestMoney, webhookAddress, lastEventAt } = payments;
  const isStripe = provider === 'stripe';
  return (
    <>
      <p className="max-w-2xl text-small text-ink-soft">
        {t(isStripe ? (isTestMoney ? 'stripeTest' : 'stripe') : provider === 'sandbox' ? 'sandbox' : 'none')}
      </p>
      <div className="text-small">
        <p className="text-ink-faint">{t('webhook')}</p>
        <Copyable text={webhookAddress} what={t('webhook')} />
      </div>
      {isStripe && (
        <p role="status" className="text-small">
          {lastEventAt ? (
            <>
              <Status tone="good">{t('received')}</Status> <LocalTime at={lastEventAt} precision="second" />
            </>
          ) : (
            <>
              <Status tone="warn">{t('waiting')}</Status> {t('waitingHint')}
            </>
          )}
        </p>
      )}
      {isStripe && <KeysTest />}
      <p className="text-small">
        <Link href="/docs/operate/stripe" className={linkClass}>
          {t('docs')}
        </Link>
      </p>
    </>
  );
}
