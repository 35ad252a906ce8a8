'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { Copyable } from '#components/copyable.tsx';
import { LocalTime } from '#components/local-time.tsx';
import { CustomerLink } from '#features/customer/components/customer-link.tsx';
import { Fact } from '#ui/fact.tsx';
import type { OrderPage } from '../order-page.ts';

/** What was sold, to whom, and by which payment: as it was written into the order. */
export function OrderFacts({ order }: { readonly order: OrderPage }) {
  const t = useTranslations('orderDesk');
  const locale = useLocale();
  const { organization, buyer, tokens, bonusTokens, paymentId, sessionId } = order;
  return (
    <dl className="grid gap-x-10 text-small lg:grid-cols-2">
      <Fact label={t('fact.organization')}>
        <CustomerLink organization={organization}>{organization.name}</CustomerLink>
        <span className="block text-caption text-ink-faint">{organization.owners.join(', ')}</span>
      </Fact>
      <Fact label={t('fact.buyer')}>{buyer ? buyer.email || buyer.name : t('fact.nobody')}</Fact>
      <Fact label={t('fact.plan')}>{order.planId ?? t('fact.ownAmount')}</Fact>
      <Fact label={t('fact.tokens')}>
        <span className="font-mono tabular-nums">
          {countText(tokens, locale)}
          {bonusTokens > 0n && ` + ${countText(bonusTokens, locale)}`}
        </span>
      </Fact>
      <Fact label={t('fact.created')}>
        <LocalTime at={order.createdAt} />
      </Fact>
      <Fact label={t('fact.paid')}>{order.paidAt ? <LocalTime at={order.paidAt} /> : t('fact.notPaid')}</Fact>
      <Fact label={t('fact.provider')}>
        {t(`provider.${order.provider}`)}
        {!order.livemode && <span className="text-ink-faint">{` · ${t('noMoney')}`}</span>}
      </Fact>
      <Fact label={t('fact.id')}>
        <Copyable text={order.id} what={t('fact.id')} />
      </Fact>
      {paymentId && (
        <Fact label={t('fact.payment')}>
          <Copyable text={paymentId} what={t('fact.payment')} />
        </Fact>
      )}
      {sessionId && (
        <Fact label={t('fact.checkout')}>
          <Copyable text={sessionId} what={t('fact.checkout')} />
        </Fact>
      )}
    </dl>
  );
}
