import { countText, tokensText } from '#components/amounts.ts';
import { type Sums, totalOf } from '#features/usage/totals.ts';
import { statementNames } from '../../statement-text.ts';
import { type SumsOf, sumBy, sumByMember, type UsageLine } from '../../usage-lines.ts';
import type { UsageStatement } from '../read-statement.ts';
import type { PdfTable } from './pdf-table.ts';
import type { PdfWords } from './pdf-words.ts';

/** What fits a document that people read; the rest is one row, and the CSV file has all. */
const maxRows = 200;

/** A part's usage by model, key and member, each with the same total. */
export function usageTables(words: PdfWords, statement: UsageStatement, lines: readonly UsageLine[]): PdfTable[] {
  const { t } = words;
  const names = statementNames(t, statement);
  const table = (by: 'model' | 'key' | 'member', rows: readonly SumsOf[]): PdfTable => ({
    title: `${t('usage.title')} · ${t(`usage.by${capital(by)}`)}`,
    columns: usageColumns(words, t(`column.${by}`)),
    rows: [
      ...rows.slice(0, maxRows).map((row) => usageRow(words, names[by](row.id), row)),
      ...others(words, rows.slice(maxRows)),
      usageRow(words, t('usage.total'), totalOf(lines)),
    ],
    hasTotal: true,
  });
  return [
    table(
      'model',
      sumBy(lines, ({ model }) => model),
    ),
    table(
      'key',
      sumBy(lines, ({ apiKeyId }) => apiKeyId),
    ),
    table('member', sumByMember(lines, statement.keys)),
  ];
}

function capital<Text extends string>(text: Text): Capitalize<Text> {
  return (text.charAt(0).toUpperCase() + text.slice(1)) as Capitalize<Text>;
}

function others(words: PdfWords, rows: readonly SumsOf[]): string[][] {
  if (rows.length === 0) return [];
  return [usageRow(words, words.t('usage.others', { count: rows.length }), totalOf(rows))];
}

function usageColumns({ t }: PdfWords, label: string) {
  return [
    { label, share: 0.28 },
    { label: t('column.requests'), share: 0.1, numeric: true },
    { label: t('column.input'), share: 0.12, numeric: true },
    { label: t('column.cacheRead'), share: 0.12, numeric: true },
    { label: t('column.cacheWrite'), share: 0.12, numeric: true },
    { label: t('column.output'), share: 0.1, numeric: true },
    { label: t('column.charge'), share: 0.16, numeric: true },
  ];
}

function usageRow({ locale }: PdfWords, label: string, sums: Sums): string[] {
  const counts = [sums.requests, sums.input, sums.cacheRead, sums.cacheWrite, sums.output];
  return [label, ...counts.map((count) => countText(count, locale)), tokensText(sums.chargeNanoUsd, locale)];
}
