'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { moneyText } from '#components/money.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';

type Unused = ApiOutput['orderDesk']['read']['unused'];
type Line = NonNullable<Unused['refundable']>['lines'][number];

export interface UnusedAmountProps {
  readonly unused: Unused;
  /** Of the order. */
  readonly currency: string;
}

/** What of an order is unused and could be paid back, line by line. */
export function UnusedAmount({ unused, currency }: UnusedAmountProps) {
  const t = useTranslations('orderDesk.unused');
  const errors = useTranslations('errors');
  const locale = useLocale();
  const { refundable, refusal } = unused;
  if (!refundable) return <p className="text-small text-ink-soft">{errors(refusal ?? 'internal')}</p>;
  return (
    <>
      <Table label={t('label')}>
        <thead>
          <tr>
            <HeaderCell>{t('column.what')}</HeaderCell>
            <HeaderCell numeric>{t('column.tokens')}</HeaderCell>
            <HeaderCell numeric>{t('column.money')}</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {refundable.lines.map((line) => (
            <tr key={`${line.kind}:${line.id ?? ''}`} className={line.kind === 'left' ? 'font-medium' : undefined}>
              <Cell className="whitespace-normal">
                {t(`line.${line.kind}`)}
                {line.id && <code className="ml-2 font-mono text-caption text-ink-faint">{line.id}</code>}
              </Cell>
              <Cell numeric>{`${signOf(line)}${tokensText(line.creditNanoUsd, locale)}`}</Cell>
              <Cell numeric>
                {line.kind === 'left'
                  ? moneyText(refundable.maxAmountMinor, currency, locale)
                  : line.amountMinor === undefined
                    ? '–'
                    : `${signOf(line)}${moneyText(line.amountMinor, currency, locale)}`}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="mt-3 max-w-2xl text-caption text-ink-faint">{t('rule')}</p>
    </>
  );
}

/** bought - used - returned = left. */
function signOf({ kind, creditNanoUsd, amountMinor }: Line): string {
  const isTaken = kind !== 'bought' && kind !== 'left' && (creditNanoUsd > 0n || (amountMinor ?? 0n) > 0n);
  return isTaken ? '−' : '';
}
