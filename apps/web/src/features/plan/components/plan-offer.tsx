'use client';

import { nanoUsdPerPlanToken } from '@ai-bridge/domain';
import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { moneyText } from '#components/money.ts';
import type { useCheckout } from '#features/order/components/use-checkout.ts';
import { Button } from '#ui/button.tsx';
import { Lasting, type LastingProps } from './lasting.tsx';

export interface PlanOfferProps extends Omit<LastingProps, 'creditNanoUsd'> {
  readonly plan: ApiOutput['plan']['onSale']['plans'][number];
  /** Undefined where this reader cannot buy. */
  readonly checkout: ReturnType<typeof useCheckout> | undefined;
}

/** One plan: its tokens, how far they reach, its price, and the way to buy it. */
export function PlanOffer({ plan, checkout, ...lasting }: PlanOfferProps) {
  const t = useTranslations('plans');
  const locale = useLocale();
  const { id: planId, tokens, bonusTokens, amountMinor, currency } = plan;
  const name = plan.displayName ?? planId;
  const price = moneyText(amountMinor, currency, locale);
  return (
    <li className="grid items-center gap-x-10 gap-y-4 border-b border-rule py-5 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <h2 className="font-medium wrap-anywhere">{name}</h2>
        <p className="mt-1 flex flex-wrap items-baseline gap-x-1.5">
          <span className="font-mono text-title tracking-tight tabular-nums">{countText(tokens, locale)}</span>
          <span className="text-small text-ink-faint">{t('tokens')}</span>
          {bonusTokens > 0n && (
            <span className="text-small text-good">{t('bonus', { tokens: countText(bonusTokens, locale) })}</span>
          )}
        </p>
        <Lasting creditNanoUsd={(tokens + bonusTokens) * nanoUsdPerPlanToken} {...lasting} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 sm:justify-end">
        <span className="font-mono text-title tracking-tight tabular-nums">{price}</span>
        {checkout && (
          <Button
            look="primary"
            busy={checkout.isBusyWith({ planId })}
            aria-label={t('buyPlan', { name, price })}
            onClick={() => checkout.begin({ planId })}
          >
            {t('buy')}
          </Button>
        )}
      </div>
    </li>
  );
}
