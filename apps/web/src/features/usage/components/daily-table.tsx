'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText, tokensText, usdText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { useModelName } from './use-model-name.ts';

/** The chart's figures, exact, the latest day first. */
export function DailyTable({ rows }: { readonly rows: ApiOutput['usage']['daily'] }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  const modelName = useModelName();
  return (
    <div className="max-h-96 overflow-y-auto">
      <Table label={t('dailyLabel')}>
        <thead>
          <tr>
            <HeaderCell>{t('column.day')}</HeaderCell>
            <HeaderCell>{t('column.model')}</HeaderCell>
            <HeaderCell numeric>{t('column.requests')}</HeaderCell>
            <HeaderCell numeric>{t('column.input')}</HeaderCell>
            <HeaderCell numeric>{t('column.cacheRead')}</HeaderCell>
            <HeaderCell numeric>{t('column.cacheWrite')}</HeaderCell>
            <HeaderCell numeric>{t('column.output')}</HeaderCell>
            <HeaderCell numeric>{t('column.charge')}</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {[...rows].reverse().map((row) => (
            <tr key={`${row.day} ${row.model}`}>
              <Cell className="font-mono">{row.day}</Cell>
              <Cell className="font-mono">{modelName(row.model)}</Cell>
              <Cell numeric>{countText(row.requests, locale)}</Cell>
              <Cell numeric>{countText(row.input, locale)}</Cell>
              <Cell numeric>{countText(row.cacheRead, locale)}</Cell>
              <Cell numeric>{countText(row.cacheWrite, locale)}</Cell>
              <Cell numeric>{countText(row.output, locale)}</Cell>
              <Cell numeric title={usdText(row.chargeNanoUsd, locale)}>
                {tokensText(row.chargeNanoUsd, locale)}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
