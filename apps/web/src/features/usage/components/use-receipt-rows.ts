'use client';

import { exactUnitsPerNanoUsd, listBasisPoints } from '@ai-bridge/domain';
import { useLocale, useTranslations } from 'next-intl';
import { countText, exactNanoUsdText, percentText, tokensText, usdText } from '#components/amounts.ts';
import { wentByOwnKey } from '../own-key-fee.ts';
import type { RateStep, ReceiptFee, ReceiptLine, ReceiptSum } from '../receipt-lines.ts';
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
  const nanoUsd = (amount: bigint) => exactNanoUsdText(amount, locale);

  function lineRow(
    { kind, quantity, priceNanoUsd, amount }: ReceiptLine,
    request: RequestView,
    sum: ReceiptSum,
  ): ReceiptRow {
    const price = t('perMillion', { price: usdText(priceNanoUsd, locale) });
    return {
      key: kind,
      label: t(`kind.${kind}`),
      note: noteOf(kind, request, sum),
      calculation: quantity === undefined ? t('notReported') : `${count(quantity)} × ${price}`,
      amount: quantity === undefined ? '–' : nanoUsd(amount),
    };
  }

  function noteOf(
    kind: ReceiptLine['kind'],
    { usage }: RequestView,
    { forgivenTokens }: ReceiptSum,
  ): string | undefined {
    if (kind === 'output' && usage.reasoning) return t('reasoning', { count: count(usage.reasoning) });
    return kind === 'cacheRead' && forgivenTokens > 0 ? t('forgiven', { count: count(forgivenTokens) }) : undefined;
  }

  function multiplierRow(
    { basisPoints, amount }: NonNullable<ReceiptSum['multiplier']>,
    request: RequestView,
  ): ReceiptRow {
    const isFee = wentByOwnKey(request);
    const version = request.terms.multiplier;
    return {
      key: 'multiplier',
      label: isFee ? t('serviceFee') : t('multiplier'),
      note: isFee ? t('serviceFeeNote') : version ? t('multiplierVersion', { ...version }) : t('multiplierNote'),
      calculation: `× ${isFee ? percentText(basisPoints, locale) : basisPoints / listBasisPoints}`,
      amount: nanoUsd(amount),
    };
  }

  const rateRow = ({ rate, percent, amount }: RateStep): ReceiptRow => ({
    key: rate,
    label: t(`rate.${rate}`),
    note: t('rateNote'),
    calculation: `× ${percent} %`,
    amount: nanoUsd(amount),
  });

  const feeRow = ({ kind, quantity, priceNanoUsd, amount }: ReceiptFee): ReceiptRow => ({
    key: kind,
    label: t(`fee.${kind}`),
    calculation: `${count(quantity)} × ${usdText(priceNanoUsd, locale)}`,
    amount: nanoUsd(amount),
  });

  return (request, sum) => [
    ...sum.lines.map((line) => lineRow(line, request, sum)),
    ...sum.rates.map(rateRow),
    ...sum.fees.map(feeRow),
    ...(sum.multiplier ? [multiplierRow(sum.multiplier, request)] : []),
    { key: 'exact', label: t('exact'), amount: nanoUsd(sum.exactAmount), isSum: true },
    { key: 'rounded', label: t('rounded'), amount: nanoUsd(sum.roundedNanoUsd * exactUnitsPerNanoUsd) },
    {
      key: 'charged',
      label: t('charged'),
      note: t('chargedIn', {
        tokens: tokensText(request.chargeNanoUsd, locale),
        usd: usdText(request.chargeNanoUsd, locale),
      }),
      amount: nanoUsd(request.chargeNanoUsd * exactUnitsPerNanoUsd),
      isSum: true,
    },
  ];
}
