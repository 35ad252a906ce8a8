'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText, tokensText, usdText } from '#components/amounts.ts';
import type { Sums } from '#features/usage/totals.ts';
import { classNames } from '#ui/class-names.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import type { SumsOf } from '../usage-lines.ts';

export interface SumsTableProps {
  /** What the rows are. */
  readonly head: string;
  readonly rows: readonly SumsOf[];
  readonly nameOf: (id: string) => string;
  readonly total: Sums;
}

/** Sums of usage a row each, and their total. */
export function SumsTable({ head, rows, nameOf, total }: SumsTableProps) {
  const t = useTranslations('statements');
  return (
    <Table label={head}>
      <thead>
        <tr>
          <HeaderCell className="w-2/5">{head}</HeaderCell>
          <HeaderCell numeric>{t('column.requests')}</HeaderCell>
          <HeaderCell numeric>{t('column.input')}</HeaderCell>
          <HeaderCell numeric>{t('column.cacheRead')}</HeaderCell>
          <HeaderCell numeric>{t('column.cacheWrite')}</HeaderCell>
          <HeaderCell numeric>{t('column.output')}</HeaderCell>
          <HeaderCell numeric>{t('column.charge')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <SumsRow key={row.id} name={nameOf(row.id)} sums={row} />
        ))}
        <SumsRow name={t('usage.total')} sums={total} isTotal />
      </tbody>
    </Table>
  );
}

interface SumsRowProps {
  readonly name: string;
  readonly sums: Sums;
  readonly isTotal?: boolean;
}

function SumsRow({ name, sums, isTotal }: SumsRowProps) {
  const locale = useLocale();
  const counts = [sums.requests, sums.input, sums.cacheRead, sums.cacheWrite, sums.output];
  return (
    <tr className={classNames(isTotal && 'font-medium')}>
      <Cell className="max-w-72 truncate print:whitespace-normal" title={name}>
        {name}
      </Cell>
      {counts.map((count, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns stand still
        <Cell key={place} numeric>
          {countText(count, locale)}
        </Cell>
      ))}
      <Cell numeric title={usdText(sums.chargeNanoUsd, locale)}>
        {tokensText(sums.chargeNanoUsd, locale)}
      </Cell>
    </tr>
  );
}
