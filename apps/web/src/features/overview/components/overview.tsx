'use client';

import { useTranslations } from 'next-intl';
import { useMay } from '#components/permissions.tsx';
import { BalanceFigures, type BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { LowBalanceNotice } from '#features/billing/components/low-balance-notice.tsx';
import { ClientConfiguration } from '#features/gateway/components/client-configuration.tsx';
import { SpendFigures } from '#features/usage/components/spend-figures.tsx';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { FirstSteps } from './first-steps.tsx';

export interface OverviewProps {
  readonly workerUrl: string;
  readonly unit: BalanceUnit;
}

export function Overview({ workerUrl, unit }: OverviewProps) {
  const t = useTranslations('overview');
  const mayBuy = useMay('order.create');
  const buy = mayBuy && (
    <Link href="/console/plans" className={buttonClass('plain')}>
      {t('buy')}
    </Link>
  );
  return (
    <>
      <PageHead title={t('title')} />
      <LowBalanceNotice />
      <Section title={t('balance')} actions={buy}>
        <BalanceFigures unit={unit} />
      </Section>
      <FirstSteps />
      <Section title={t('spend')}>
        <SpendFigures unit={unit} />
      </Section>
      <Section title={t('connect')}>
        <ClientConfiguration workerUrl={workerUrl} />
      </Section>
    </>
  );
}
