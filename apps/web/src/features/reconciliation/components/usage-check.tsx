'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText } from '#components/amounts.ts';
import { type ApiOutput, api } from '#components/api.ts';
import { classNames } from '#ui/class-names.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { CheckSection, checkEveryMs } from './check-section.tsx';

type Compared = ApiOutput['reconciliation']['usage'];

/** What requests were charged against what the ledger took, per day and of all time. */
export function UsageCheck() {
  const t = useTranslations('reconciliation');
  const usage = api.reconciliation.usage.useQuery(undefined, { refetchInterval: checkEveryMs });
  const total = usage.data?.total;
  return (
    <CheckSection
      title={t('usage.title')}
      lead={t('usage.lead')}
      query={usage}
      isAlarmed={total && total.chargedNanoUsd !== total.capturedNanoUsd}
    >
      {usage.data && <DayTable compared={usage.data} />}
    </CheckSection>
  );
}

function DayTable({ compared: { days, total } }: { readonly compared: Compared }) {
  const t = useTranslations('reconciliation');
  const rows = [{ day: t('usage.total'), isTotal: true, ...total }, ...days.map((day) => ({ isTotal: false, ...day }))];
  return (
    <Table label={t('usage.title')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.day')}</HeaderCell>
          <HeaderCell numeric>{t('column.charged')}</HeaderCell>
          <HeaderCell numeric>{t('column.captured')}</HeaderCell>
          <HeaderCell numeric>{t('column.difference')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <DayRow key={row.day} {...row} />
        ))}
      </tbody>
    </Table>
  );
}

type DayRowProps = Compared['total'] & { readonly day: string; readonly isTotal: boolean };

function DayRow({ day, isTotal, chargedNanoUsd, capturedNanoUsd }: DayRowProps) {
  const locale = useLocale();
  const difference = capturedNanoUsd - chargedNanoUsd;
  return (
    <tr className={classNames(isTotal && 'font-medium')}>
      <Cell>{day}</Cell>
      <Cell numeric>{tokensText(chargedNanoUsd, locale)}</Cell>
      <Cell numeric>{tokensText(capturedNanoUsd, locale)}</Cell>
      <Cell
        numeric
        className={classNames(difference === 0n && 'text-ink-faint', isTotal && difference !== 0n && 'text-bad')}
      >
        {tokensText(difference, locale)}
      </Cell>
    </tr>
  );
}
