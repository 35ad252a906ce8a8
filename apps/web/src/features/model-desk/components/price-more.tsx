'use client';

import { rates } from '@ai-bridge/domain';
import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { type Figures, tokenKinds } from '../price-form.ts';

/** Tiers and rates of a price, a line for each tier: over 200,000 tokens: input 6, output 22.5 */
export function PriceMore({ figures }: { readonly figures: Figures | undefined }) {
  const t = useTranslations('modelDesk');
  const locale = useLocale();
  const tiers = (figures?.above ?? []).map((tier) => {
    const named = tokenKinds.flatMap((kind) =>
      tier[kind] === undefined ? [] : [`${t(`kind.${kind}`)} ${tier[kind]}`],
    );
    return `${t('tier.above', { tokens: countText(tier.tokens, locale) })} ${named.join(', ')}`;
  });
  const named = rates.flatMap((rate) => {
    const percent = figures?.rates?.[rate];
    return percent === undefined ? [] : [`${t(`rate.${rate}`)} ${percent}%`];
  });
  const lines = [...tiers, ...(named.length > 0 ? [named.join(', ')] : [])];
  if (lines.length === 0) return '–';
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
