'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText, percentText, tokensText, usdText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { Cell, HeaderCell } from '#ui/table.tsx';
import { averageMs, cacheHitRate } from '../totals.ts';

type Figures = ApiOutput['usage']['breakdown']['total'];

const columns = [
  ...([
    'charge',
    'requests',
    'errors',
    'input',
    'cacheRead',
    'cacheWrite5m',
    'cacheWrite1h',
    'output',
    'reasoning',
  ] as const),
  ...(['cacheHitRate', 'firstByteAverage', 'durationAverage'] as const),
];

/** The heads above FigureCells. */
export function FigureHeaderCells() {
  const t = useTranslations('usage.column');
  return columns.map((column) => (
    <HeaderCell key={column} numeric>
      {t(column)}
    </HeaderCell>
  ));
}

/** All that is told of some requests together, as cells of a table's row. */
export function FigureCells({ of }: { readonly of: Figures }) {
  const locale = useLocale();
  const milliseconds = (ms: number | undefined) => (ms === undefined ? '–' : countText(Math.round(ms), locale));
  const hitRate = cacheHitRate(of);
  return (
    <>
      <Cell numeric title={usdText(of.chargeNanoUsd, locale)}>
        {tokensText(of.chargeNanoUsd, locale)}
      </Cell>
      {[
        of.requests,
        of.errors,
        of.input,
        of.cacheRead,
        of.cacheWrite - of.cacheWrite1h,
        of.cacheWrite1h,
        of.output,
        of.reasoning,
      ].map((count, index) => (
        <Cell key={columns[index + 1]} numeric>
          {countText(count, locale)}
        </Cell>
      ))}
      <Cell numeric>{hitRate === undefined ? '–' : percentText(Math.round(hitRate * 10_000), locale)}</Cell>
      <Cell numeric>{milliseconds(averageMs(of.firstByteMsSum, of.firstByteCount))}</Cell>
      <Cell numeric>{milliseconds(averageMs(of.durationMsSum, of.requests))}</Cell>
    </>
  );
}
