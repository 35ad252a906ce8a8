'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { tokensText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { moneyText } from '#components/money.ts';
import { useFailure } from '#components/use-failure.ts';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';

export interface RefundPreviewProps {
  readonly orderId: string;
  readonly amountMinor: bigint;
  /** Somebody else has approved it already. */
  readonly isSecond: boolean;
}

/** What ledger and payment provider will do for this amount, before they do. */
export function RefundPreview({ orderId, amountMinor, isSecond }: RefundPreviewProps) {
  const t = useTranslations('refundDesk.preview');
  const locale = useLocale();
  const failure = useFailure();
  const wish = { orderId, amountMinor: String(amountMinor) };
  const preview = api.refundDesk.preview.useQuery(wish, { placeholderData: keepPreviousData });
  if (preview.isPending) return <SkeletonRows rows={4} />;
  if (preview.error) return <ErrorState {...failure(preview.error)} onRetry={() => preview.refetch()} />;
  const { data } = preview;
  const tokens = tokensText(data.creditNanoUsd, locale);
  const waits = data.takesTwoPeople && !isSecond;
  return (
    <section aria-label={t('title')} aria-live="polite" className="text-small">
      <h3 className="font-medium">{t('title')}</h3>
      {waits && <p className="mt-2 border-l-2 border-warn pl-3">{t('twoPeople')}</p>}
      {data.isBalanceFrozen && <p className="mt-2 border-l-2 border-bad pl-3">{t('frozen')}</p>}
      <ol className="mt-2 list-decimal space-y-2 pl-5 text-ink-soft marker:text-ink-faint">
        {data.heldNanoUsd > 0n && <li>{t('recall', { tokens: tokensText(data.heldNanoUsd, locale) })}</li>}
        <li>
          {t('ledger', {
            tokens,
            before: tokensText(data.postedNanoUsd, locale),
            after: tokensText(data.postedNanoUsd - data.creditNanoUsd, locale),
          })}
        </li>
        <li className="wrap-anywhere">
          {t(`provider.${data.provider}`, {
            amount: moneyText(data.amountMinor, data.currency, locale),
            payment: data.paymentId ?? '–',
          })}
        </li>
        <li>{t('failure', { tokens })}</li>
      </ol>
    </section>
  );
}
