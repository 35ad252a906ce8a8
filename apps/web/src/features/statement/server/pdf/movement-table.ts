import { tokensText } from '#components/amounts.ts';
import { moneyText } from '#components/money.ts';
import { movementText } from '../../statement-text.ts';
import type { AccountStatement } from '../read-statement.ts';
import type { PdfTable } from './pdf-table.ts';
import type { PdfWords } from './pdf-words.ts';

/** What fits a document that people read; the CSV file has all. */
const maxRows = 500;

/** What changed the balance besides requests. */
export function movementTable({ t, locale }: PdfWords, { movements, movementCount }: AccountStatement): PdfTable {
  const shown = movements.slice(0, maxRows);
  const further = Number(movementCount) - shown.length;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return {
    title: t('movements.title'),
    columns: [
      { label: `${t('column.date')} (UTC)`, share: 0.22 },
      { label: t('column.what'), share: 0.44 },
      { label: t('column.money'), share: 0.14, numeric: true },
      { label: t('column.tokens'), share: 0.2, numeric: true },
    ],
    rows: shown.map((movement) => [
      time.format(movement.at),
      movementText(t, movement),
      movement.money ? moneyText(movement.money.amountMinor, movement.money.currency, locale) : '',
      tokensText(movement.amountNanoUsd, locale),
    ]),
    note:
      shown.length === 0 ? t('movements.none') : further > 0 ? t('movements.further', { count: further }) : undefined,
  };
}
