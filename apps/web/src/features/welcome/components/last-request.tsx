'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText, usdText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { Link } from '#i18n/navigation.ts';
import { Fact } from '#ui/fact.tsx';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';
import type { Welcome } from '../welcome.ts';

type Last = NonNullable<Welcome['request']['own']>['last'];

/** The administrator's own last request, as it came in. */
export function LastRequest({ last }: { readonly last: Last }) {
  const t = useTranslations('welcome.request');
  const locale = useLocale();
  return (
    <div role="status">
      {last === null ? (
        <Status tone="quiet">{t('waiting')}</Status>
      ) : (
        <dl className="text-small">
          <Fact label={t('ended')}>
            <Status tone={last.outcome === 'completed' ? 'good' : 'bad'}>{last.errorCode ?? last.outcome}</Status>{' '}
            <LocalTime at={last.at} precision="second" />
          </Fact>
          <Fact label={t('model')}>
            <span className="font-mono">{last.model}</span>
            {last.provider && ` · ${last.provider}`}
          </Fact>
          <Fact label={t('charge')}>
            <span className="font-mono">
              {t('tokens', {
                tokens: tokensText(last.chargeNanoUsd, locale),
                usd: usdText(last.chargeNanoUsd, locale),
              })}
            </span>
          </Fact>
          <Fact label={t('receipt')}>
            <Link href={`/console/usage/${last.id}`} className={`${linkClass} font-mono wrap-anywhere`}>
              {last.id}
            </Link>
          </Fact>
        </dl>
      )}
    </div>
  );
}
