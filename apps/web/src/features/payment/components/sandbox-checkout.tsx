'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { moneyText } from '#components/money.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link, useRouter } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { Figure } from '#ui/figure.tsx';
import { PageHead } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { SandboxNote } from './sandbox-note.tsx';

const skeletonRows = 2;

/** In the place of a payment provider's page: no money moves, and each way that a payment can end can be tried. */
export function SandboxCheckout({ sessionId }: { readonly sessionId: string }) {
  const t = useTranslations('checkout');
  const locale = useLocale();
  const failure = useFailure();
  const router = useRouter();
  const utils = api.useUtils();
  const { data, error, isPending, refetch } = api.payment.sandbox.useQuery({ sessionId });
  const end = api.payment.endSandbox.useMutation({
    async onSuccess({ orderId }) {
      await Promise.all([utils.balance.read.invalidate(), utils.order.invalidate()]);
      router.replace({ pathname: `/console/orders/${orderId}`, query: { checkout: 'done' } });
    },
  });
  const endBy = (how: 'paid' | 'declined' | 'expired') => ({
    busy: end.variables?.end === how && (end.isPending || end.isSuccess),
    onClick: () => end.mutate({ sessionId, end: how }),
  });
  const price = data && moneyText(data.amountMinor, data.currency, locale);
  return (
    <>
      <PageHead title={t('title')} lead={data && (data.planId === null ? t('customAmount') : data.title)} />
      <SandboxNote kind="sandbox" />
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={skeletonRows} className="h-16" />}
      {data && price && (
        <>
          <dl className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
            <Figure label={t('toPay')} value={price} size="large" />
            <Figure
              label={t('youGet')}
              value={countText(data.tokens + data.bonusTokens, locale)}
              unit={t('tokens')}
              note={data.bonusTokens > 0n ? t('withBonus', { tokens: countText(data.bonusTokens, locale) }) : undefined}
            />
          </dl>
          {end.error && <ErrorState {...failure(end.error)} />}
          {data.status === 'open' ? (
            <div className="mt-8 flex flex-wrap gap-2.5 max-sm:flex-col">
              <Button look="primary" {...endBy('paid')}>
                {t('pay', { price })}
              </Button>
              <Button {...endBy('declined')}>{t('decline')}</Button>
              <Button {...endBy('expired')}>{t('expire')}</Button>
              <Link href={`/console/orders/${data.orderId}`} className={buttonClass('quiet')}>
                {t('leave')}
              </Link>
            </div>
          ) : (
            <div className="mt-8 flex flex-wrap items-center gap-4">
              <p className="text-small">{t(`ended.${data.status}`)}</p>
              <Link href={`/console/orders/${data.orderId}`} className={buttonClass('plain')}>
                {t('toOrder')}
              </Link>
            </div>
          )}
        </>
      )}
    </>
  );
}
