'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { Skeleton } from '#ui/states.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { Twin } from '#ui/twin.tsx';
import type { OverviewFigures } from '../figures.ts';
import { amountIn } from './amount-in.ts';
import { DayBars } from './day-bars.tsx';

export interface SpendTrendProps {
  readonly days: OverviewFigures['days'] | undefined;
  readonly unit: BalanceUnit;
}

/** Spend of the last 30 UTC days, as bars or as a table. */
export function SpendTrend({ days, unit }: SpendTrendProps) {
  const t = useTranslations('overview');
  const locale = useLocale();
  if (!days) return <Skeleton className="mt-6 h-44 w-full" />;
  const table = (
    <Table label={t('trend')}>
      <thead>
        <tr>
          <HeaderCell>{t('day')}</HeaderCell>
          <HeaderCell numeric>{t('spend')}</HeaderCell>
          <HeaderCell numeric>{t('requestsColumn')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {[...days].reverse().map(({ day, chargeNanoUsd, requests }) => (
          <tr key={day}>
            <Cell className="font-mono">{day}</Cell>
            <Cell numeric>{amountIn(unit, chargeNanoUsd, locale)}</Cell>
            <Cell numeric>{requests.toString()}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
  return (
    <div className="mt-6">
      <Twin label={t('trend')} chart={<DayBars days={days} label={t('trend')} unit={unit} />} table={table} />
    </div>
  );
}
