'use client';

import { nanoUsdPerPlanToken } from '@ai-bridge/domain';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { countText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { minorOfDecimal, moneyText } from '#components/money.ts';
import type { useCheckout } from '#features/order/components/use-checkout.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { Lasting, type LastingProps } from './lasting.tsx';

export interface CustomAmountProps extends Omit<LastingProps, 'creditNanoUsd'> {
  readonly terms: ApiOutput['plan']['onSale']['customAmount'];
  readonly checkout: ReturnType<typeof useCheckout> | undefined;
}

/** An amount of the customer's own, at list price. */
export function CustomAmount({ terms, checkout, ...lasting }: CustomAmountProps) {
  const t = useTranslations('plans');
  const locale = useLocale();
  const { currency, tokensPerMinor, minMinor, maxMinor } = terms;
  const [typed, setTyped] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const amountMinor = minorOfDecimal(typed, currency);
  const isRight = amountMinor !== undefined && amountMinor >= minMinor && amountMinor <= maxMinor;
  const money = (minor: bigint) => moneyText(minor, currency, locale);
  const range = t('custom.range', { least: money(minMinor), most: money(maxMinor) });
  const tokens = isRight ? amountMinor * tokensPerMinor : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsAsked(true);
    if (isRight) checkout?.begin({ amountMinor });
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <Field
        label={t('custom.amount', { currency: currency.toUpperCase() })}
        hint={range}
        error={isAsked && !isRight ? t('custom.wrong', { range }) : undefined}
        className="w-full sm:w-72"
      >
        <TextInput
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          inputMode="decimal"
          autoComplete="off"
          className="font-mono"
        />
      </Field>
      {checkout && (
        <Button
          type="submit"
          className="sm:mt-6.5"
          busy={amountMinor !== undefined && checkout.isBusyWith({ amountMinor })}
        >
          {t('custom.buy')}
        </Button>
      )}
      <div aria-live="polite" className="w-full min-w-0">
        {tokens !== undefined && (
          <>
            <p className="text-small">
              <span className="font-mono tabular-nums">{countText(tokens, locale)}</span> {t('tokens')}
            </p>
            <Lasting creditNanoUsd={tokens * nanoUsdPerPlanToken} {...lasting} />
          </>
        )}
      </div>
    </form>
  );
}
