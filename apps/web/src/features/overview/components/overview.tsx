'use client';

import { useTranslations } from 'next-intl';
import { BalanceFigures, type BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { ClientConfiguration } from '#features/gateway/components/client-configuration.tsx';
import { SpendFigures } from '#features/usage/components/spend-figures.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { FirstSteps } from './first-steps.tsx';

export interface OverviewProps {
  readonly workerUrl: string;
  readonly unit: BalanceUnit;
}

export function Overview({ workerUrl, unit }: OverviewProps) {
  const t = useTranslations('overview');
  return (
    <>
      <PageHead title={t('title')} />
      <Section title={t('balance')}>
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
