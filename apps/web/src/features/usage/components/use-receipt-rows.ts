'use client';

import { tokensPerPriceUnit } from '@ai-bridge/domain';
import { useLocale, useTranslations } from 'next-intl';
import { countText, exactNanoUsdText, tokensText, usdText } from '#components/amounts.ts';
import { femtoUsdPerNanoUsd, type ReceiptLine, type ReceiptSum } from '../receipt-lines.ts';
import type { RequestView } from './request-view.ts';

/** A row of a receipt in the reader's language. */
export interface ReceiptRow {
  readonly key: string;
  readonly label: string;
  /** What the row is made of, or the same in other units. */
  readonly note?: string | undefined;
  readonly calculation?: string | undefined;
  /** nano-USD, exact */
  readonly amount: string;
  readonly isSum?: boolean;
}

/** @returns how to word a receipt's arithmetic: one row a kind, the fee, the exact sum, its rounding and what was charged */
export function useReceiptRows(): (request: RequestView, sum: ReceiptSum) => ReceiptRow[] {
  const t = useTranslations('request.receipt');
  const locale = useLocale();
  const count = (quantity: number | bigint) => countText(quantity, locale);
  const amount = (nanoUsd: bigint) => exactNanoUsdText(nanoUsd * femtoUsdPerNanoUsd, locale);

  function lineRow(
    { kind, quantity, units, priceNanoUsd, amountFemtoUsd }: ReceiptLine,
    reasoning?: number,
  ): ReceiptRow {
    const usd = usdText(priceNanoUsd, locale);
    const price = units === tokensPerPriceUnit ? t('perMillion', { price: usd }) : usd;
    return {
      key: kind,
      label: t(`kind.${kind}`),
      note: kind === 'output' && reasoning ? t('reasoning', { count: count(reasoning) }) : undefined,
      calculation: quantity === undefined ? t('notReported') : `${count(quantity)} × ${price}`,
      amount: quantity === undefined ? '–' : exactNanoUsdText(amountFemtoUsd, locale),
    };
  }

  return (request, sum) => [
    ...sum.lines.map((line) => lineRow(line, request.usage.reasoning)),
    ...(sum.requestFeeNanoUsd > 0n
      ? [
          {
            key: 'fee',
            label: t('fee'),
            calculation: `1 × ${usdText(sum.requestFeeNanoUsd, locale)}`,
            amount: amount(sum.requestFeeNanoUsd),
          },
        ]
      : []),
    { key: 'exact', label: t('exact'), amount: exactNanoUsdText(sum.exactFemtoUsd, locale), isSum: true },
    { key: 'rounded', label: t('rounded'), amount: amount(sum.roundedNanoUsd) },
    {
      key: 'charged',
      label: t('charged'),
      note: t('chargedIn', {
        tokens: tokensText(request.chargeNanoUsd, locale),
        usd: usdText(request.chargeNanoUsd, locale),
      }),
      amount: amount(request.chargeNanoUsd),
      isSum: true,
    },
  ];
}
