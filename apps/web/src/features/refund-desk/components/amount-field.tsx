'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { decimalOfMinor, minorOfDecimal, moneyText } from '#components/money.ts';
import { Field, TextInput } from '#ui/field.tsx';

/** An amount being typed. */
export interface TypedAmount {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** In the smallest unit; undefined where it is no amount from one unit to the most. */
  readonly minor: bigint | undefined;
  readonly most: bigint;
}

/** An amount that begins with the most there is. */
export function useAmount(most: bigint, currency: string): TypedAmount {
  const [text, setText] = useState(() => decimalOfMinor(most, currency));
  const parsed = minorOfDecimal(text, currency);
  const minor = parsed !== undefined && parsed >= 1n && parsed <= most ? parsed : undefined;
  return { text, setText, minor, most };
}

export function AmountField({ amount, currency }: { readonly amount: TypedAmount; readonly currency: string }) {
  const t = useTranslations('refundDesk.form');
  const locale = useLocale();
  const most = moneyText(amount.most, currency, locale);
  return (
    <Field
      label={t('amount', { currency: currency.toUpperCase() })}
      hint={t('amountHint', { most })}
      error={amount.minor === undefined ? t('amountWrong', { most }) : undefined}
    >
      <TextInput
        value={amount.text}
        onChange={(event) => amount.setText(event.target.value)}
        inputMode="decimal"
        autoComplete="off"
        required
        className="font-mono"
      />
    </Field>
  );
}
