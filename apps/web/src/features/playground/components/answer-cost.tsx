'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText, tokensText, usdText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';

const askAgainMs = 700;
/** A record is there within a second; where it is not, its page says so. */
const maxAsks = 8;

/** What an answer used and cost, from its receipt. */
export function AnswerCost({ requestId }: { readonly requestId: string }) {
  const t = useTranslations('playground');
  const locale = useLocale();
  const { data, isError } = api.usage.request.useQuery({ requestId }, { retry: maxAsks, retryDelay: askAgainMs });
  const count = (tokens: number | undefined) => (tokens === undefined ? '–' : countText(tokens, locale));
  return (
    <p className="mt-4 flex min-h-6 flex-wrap gap-x-4 gap-y-1 border-t border-rule pt-3 text-small" aria-live="polite">
      {!data && <span className="text-ink-faint">{isError ? t('costLater') : t('costAwaited')}</span>}
      {data && (
        <>
          <span>{t('used', { input: count(data.usage.input), output: count(data.usage.output) })}</span>
          <span className="font-mono">
            {`${tokensText(data.chargeNanoUsd, locale)} ${t('tokens')} · ${usdText(data.chargeNanoUsd, locale)}`}
          </span>
        </>
      )}
      <Link href={`/console/usage/${requestId}`} className={linkClass}>
        {t('receipt')}
      </Link>
    </p>
  );
}
