'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { BalanceFigures, type BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { RedeemCode } from '#features/payment/components/redeem-code.tsx';
import { SandboxNote } from '#features/payment/components/sandbox-note.tsx';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { AlertSettings } from './alert-settings.tsx';
import { CreditLots } from './credit-lots.tsx';
import { SavedCard } from './saved-card.tsx';
import { TopUpSettings } from './top-up-settings.tsx';

export interface BillingProps {
  readonly unit: BalanceUnit;
  /** Somebody comes from where a card is saved. */
  readonly isBack: boolean;
}

const refreshMs = 10_000;
const awaitedMs = 2_500;

/** What the organization has, what is bought by itself, and when somebody is told. */
export function Billing({ unit, isBack }: BillingProps) {
  const t = useTranslations('billing');
  const failure = useFailure();
  const [mayBuy, mayRead] = [useMay('order.create'), useMay('order.read')];
  const { data, error, refetch } = api.billing.read.useQuery(
    { awaited: isBack },
    { refetchInterval: ({ state }) => (isBack && state.data?.isCardAwaited ? awaitedMs : refreshMs) },
  );
  const actions = (
    <div className="flex flex-wrap gap-2.5">
      {mayRead && (
        <Link href="/console/orders" className={buttonClass('plain')}>
          {t('orders')}
        </Link>
      )}
      {mayBuy && (
        <Link href="/console/plans" className={buttonClass('primary')}>
          {t('buy')}
        </Link>
      )}
    </div>
  );
  const waiting = !data && !error && <SkeletonRows rows={1} className="h-24" />;
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={actions} />
      {data?.isSandbox && <SandboxNote kind="sandbox" />}
      <Section title={t('balance')}>
        <BalanceFigures unit={unit} />
      </Section>
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      <Section title={t('topUp.title')}>
        {waiting}
        {data && <TopUpSettings page={data} mayChange={mayBuy} />}
      </Section>
      <Section title={t('card.title')}>
        {waiting}
        {data && <SavedCard page={data} mayChange={mayBuy} />}
      </Section>
      <Section title={t('alerts.title')}>
        {waiting}
        {data && (
          <AlertSettings key={JSON.stringify(data.alerts.ownNanoUsd?.map(String))} page={data} mayChange={mayBuy} />
        )}
      </Section>
      <Section title={t('lots.title')}>
        {waiting}
        {data && <CreditLots lots={data.lots} mayRead={mayRead} />}
      </Section>
      {mayBuy && (
        <Section title={t('redeem')}>
          <RedeemCode />
        </Section>
      )}
    </>
  );
}
