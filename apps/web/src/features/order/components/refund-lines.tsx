'use client';

import type { Refundable, RefundLine } from '@ai-bridge/billing';
import { useLocale, useTranslations } from 'next-intl';
import { tokensText } from '#components/amounts.ts';
import { moneyText } from '#components/money.ts';
import { classNames } from '#ui/class-names.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';

export interface RefundLinesProps {
  /** What billing's readRefundable says. */
  readonly refundable: Refundable;
  readonly currency: string;
}

/** How much of an order can go back and how that comes about, line by line, so that anyone can work it out again. */
export function RefundLines({ refundable, currency }: RefundLinesProps) {
  const t = useTranslations('refundLines');
  const locale = useLocale();
  const { lines, maxAmountMinor } = refundable;
  const money = (amountMinor: bigint) => moneyText(amountMinor, currency, locale);
  return (
    <>
      <Table label={t('label')}>
        <thead>
          <tr>
            <HeaderCell>{t('column.line')}</HeaderCell>
            <HeaderCell numeric>{t('column.tokens')}</HeaderCell>
            <HeaderCell numeric>{t('column.money')}</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.kind} ${line.id ?? ''}`} className={classNames(line.kind === 'left' && 'font-medium')}>
              <Cell className="whitespace-normal py-2">{t(`kind.${line.kind}`)}</Cell>
              <Cell numeric>{tokensText(signed(line, line.creditNanoUsd), locale)}</Cell>
              <Cell numeric>{line.amountMinor === undefined ? '' : money(signed(line, line.amountMinor))}</Cell>
            </tr>
          ))}
          <tr className="font-medium">
            <Cell className="whitespace-normal py-2">{t('most')}</Cell>
            <Cell numeric />
            <Cell numeric data-testid="refundable">
              {money(maxAmountMinor)}
            </Cell>
          </tr>
        </tbody>
      </Table>
      <RefundArithmetic refundable={refundable} money={money} />
    </>
  );
}

/** What is bought and left counts, all else is taken away from it. */
const signed = ({ kind }: RefundLine, amount: bigint): bigint =>
  kind === 'bought' || kind === 'left' ? amount : -amount;

interface RefundArithmeticProps {
  readonly refundable: Refundable;
  money(amountMinor: bigint): string;
}

function RefundArithmetic({ refundable: { lines, maxAmountMinor }, money }: RefundArithmeticProps) {
  const t = useTranslations('refundLines');
  const locale = useLocale();
  const bought = lines.find(({ kind }) => kind === 'bought');
  const left = lines.find(({ kind }) => kind === 'left');
  const hasReturns = lines.some(({ kind }) => kind === 'refund' || kind === 'dispute');
  return (
    <div className="mt-3 max-w-2xl text-caption text-ink-faint">
      {bought?.amountMinor !== undefined && left && !hasReturns && (
        <p className="font-mono wrap-anywhere">
          {`${money(bought.amountMinor)} × ${tokensText(left.creditNanoUsd, locale)} ÷ ${tokensText(bought.creditNanoUsd, locale)} = ${money(maxAmountMinor)}`}
        </p>
      )}
      <p className="mt-1">{t('rule')}</p>
    </div>
  );
}
