'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { useCheckout } from '#features/order/components/use-checkout.ts';
import { RedeemCode } from '#features/payment/components/redeem-code.tsx';
import { SandboxNote } from '#features/payment/components/sandbox-note.tsx';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { CustomAmount } from './custom-amount.tsx';
import { PlanOffer } from './plan-offer.tsx';

const skeletonRows = 3;

/** What can be bought, and how far it reaches. */
export function Plans() {
  const t = useTranslations('plans');
  const failure = useFailure();
  const mayBuy = useMay('order.create');
  const mayRead = useMay('order.read');
  const checkout = useCheckout();
  const { data, error, isPending, refetch } = api.plan.onSale.useQuery({});
  const usage = api.usage.summary.useQuery({});
  const orders = mayRead && (
    <Link href="/console/orders" className={buttonClass('plain')}>
      {t('toOrders')}
    </Link>
  );
  const offer = { example: data?.example, lastMonthNanoUsd: usage.data?.month.chargeNanoUsd ?? 0n };
  const buying = mayBuy && data?.isOpen ? checkout : undefined;
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={orders} />
      {data?.isSandbox && <SandboxNote kind="sandbox" />}
      {data?.isTest && !data.isSandbox && <SandboxNote kind="test" />}
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={skeletonRows} className="h-28" />}
      {data && !data.isOpen && <EmptyState title={t('closed.title')}>{t('closed.body')}</EmptyState>}
      {data?.isOpen && !mayBuy && <p className="mb-6 text-small text-ink-soft">{t('mayNot')}</p>}
      {checkout.error && <ErrorState {...failure(checkout.error)} />}
      {data && data.plans.length > 0 && (
        <ul aria-label={t('listLabel')} className="border-t border-rule">
          {data.plans.map((plan) => (
            <PlanOffer key={plan.id} plan={plan} checkout={buying} {...offer} />
          ))}
        </ul>
      )}
      {data?.isOpen && (
        <Section title={t('custom.title')}>
          <CustomAmount terms={data.customAmount} checkout={buying} {...offer} />
        </Section>
      )}
      {mayBuy && (
        <Section title={t('redeem')}>
          <RedeemCode />
        </Section>
      )}
      {data && (
        <Section title={t('terms.title')}>
          <dl className="grid gap-x-10 gap-y-4 text-small sm:grid-cols-3">
            {(['lasting', 'refund', 'granted'] as const).map((term) => (
              <div key={term}>
                <dt className="font-medium">{t(`terms.${term}.title`)}</dt>
                <dd className="mt-1 text-ink-soft">{t(`terms.${term}.body`)}</dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
    </>
  );
}
