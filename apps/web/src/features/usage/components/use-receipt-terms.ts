'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { type Recalculation, recalculate } from '../recalculation.ts';
import type { ReceiptSum } from '../receipt-lines.ts';
import type { RequestView } from './request-view.ts';

/** @returns how to word what a receipt rests on: price and tier, where the counts come from, and the recalculation */
export function useReceiptTerms() {
  const t = useTranslations('request.receipt');
  const locale = useLocale();
  const count = (quantity: number | bigint) => countText(quantity, locale);
  return {
    price: ({ price }: RequestView, sum: ReceiptSum | undefined): string[] => {
      if (!price || !sum) return [];
      const date = price.validFrom.toISOString().slice(0, 10);
      return [t('price', { version: String(price.version), model: price.modelId, date }), tierText(price.tiers, sum)];
    },
    source: ({ usageSource }: RequestView): string => t(`source.${usageSource}`),
    verdict: (request: RequestView): { readonly verdict: Recalculation['verdict']; readonly text: string } => {
      const { verdict, computedNanoUsd } = recalculate(request);
      const computed = computedNanoUsd === undefined ? '–' : count(computedNanoUsd);
      return { verdict, text: t(`verdictText.${verdict}`, { computed, charged: count(request.chargeNanoUsd) }) };
    },
  };

  function tierText(tiers: readonly { readonly aboveTokens: number }[], sum: ReceiptSum): string {
    const next = tiers.find(({ aboveTokens }) => sum.promptTokens <= aboveTokens);
    const above = sum.tier ?? next;
    if (!above) return t('onePrice');
    const words = { prompt: count(sum.promptTokens), above: count(above.aboveTokens) };
    return sum.tier ? t('tier', words) : t('baseTier', words);
  }
}
