'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Section } from '#ui/section.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import type { OverviewFigures } from '../figures.ts';
import { amountIn } from './amount-in.ts';

export interface TopModelsProps {
  readonly models: OverviewFigures['topModels'];
  readonly unit: BalanceUnit;
}

/** What most was spent on in 30 days; each model leads to its usage. */
export function TopModels({ models, unit }: TopModelsProps) {
  const t = useTranslations('overview');
  const locale = useLocale();
  return (
    <Section title={t('topModels')}>
      <Table label={t('topModels')}>
        <thead>
          <tr>
            <HeaderCell>{t('model')}</HeaderCell>
            <HeaderCell numeric>{t('spend')}</HeaderCell>
            <HeaderCell numeric>{t('requestsColumn')}</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {models.map(({ model, chargeNanoUsd, requests }) => (
            <tr key={model}>
              <Cell className="font-mono">
                <Link href={{ pathname: '/console/usage', query: { range: '30d', model } }} className={linkClass}>
                  {model}
                </Link>
              </Cell>
              <Cell numeric>{amountIn(unit, chargeNanoUsd, locale)}</Cell>
              <Cell numeric>{countText(requests, locale)}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
