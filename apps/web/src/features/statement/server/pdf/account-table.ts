import { monthSpan } from '@ai-bridge/domain';
import { tokensText, usdText } from '#components/amounts.ts';
import { accountLines } from '../../account-lines.ts';
import type { AccountStatement } from '../read-statement.ts';
import type { PdfTable } from './pdf-table.ts';
import type { PdfWords } from './pdf-words.ts';

/** The balance through the month, from its opening to its closing. */
export function accountTable({ t, locale }: PdfWords, { account, month, isRunning }: AccountStatement): PdfTable {
  const { from, to } = monthSpan(month);
  const dayText = (at: Date) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
  const row = (label: string, amountNanoUsd: bigint) => [
    ...[label, tokensText(amountNanoUsd, locale), usdText(amountNanoUsd, locale)],
  ];
  const closing = isRunning
    ? t('account.closingNow')
    : t('account.closing', { date: dayText(new Date(to.getTime() - 1)) });
  const lines = accountLines(account);
  return {
    title: t('account.title'),
    columns: [
      { label: t('column.what'), share: 0.5 },
      { label: t('column.tokens'), share: 0.25, numeric: true },
      { label: t('column.usd'), share: 0.25, numeric: true },
    ],
    rows: [
      row(t('account.opening', { date: dayText(from) }), account.openingNanoUsd),
      ...lines.map(({ kind, effectNanoUsd }) => row(t(`account.${kind}`), effectNanoUsd)),
      row(closing, account.closingNanoUsd),
    ],
    hasTotal: true,
    note: lines.some(({ kind }) => kind === 'otherMonth') ? t('account.otherMonthNote') : undefined,
  };
}
