'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { countText } from '#components/amounts.ts';
import { type ApiOutput, api } from '#components/api.ts';
import { moneyText } from '#components/money.ts';
import { useFailure } from '#components/use-failure.ts';
import { readWholeNumber } from '#components/whole-number.ts';
import { Button } from '#ui/button.tsx';
import { DialogActions } from '#ui/dialog.tsx';
import { Field, Select, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { TopUp } from '../billing-page.ts';
import { ownAmount, purchaseOf, readTopUpForm, type TopUpField, topUpFormOf } from '../top-up-form.ts';

export interface TopUpFieldsProps {
  readonly offers: ApiOutput['plan']['onSale'];
  /** Null: nothing was ever set. */
  readonly topUp: TopUp | null;
  readonly onClose: () => void;
}

export function TopUpFields({ offers, topUp, onClose }: TopUpFieldsProps) {
  const t = useTranslations('billing.topUp.form');
  const locale = useLocale();
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const [form, setForm] = useState(() => topUpFormOf(topUp, offers));
  const [wrong, setWrong] = useState<readonly TopUpField[]>([]);
  const set = api.billing.setTopUp.useMutation({
    async onSuccess() {
      await utils.billing.read.invalidate();
      toast({ title: t('done') });
      onClose();
    },
  });
  const { currency, minMinor, maxMinor } = offers.customAmount;
  const money = (amountMinor: bigint, of = currency) => moneyText(amountMinor, of, locale);
  const purchase = purchaseOf(form, offers);
  const times = readWholeNumber(form.maxPerMonth);
  const range = { least: money(minMinor), most: money(maxMinor) };

  function submit(event: FormEvent) {
    event.preventDefault();
    if (set.isPending) return;
    const read = readTopUpForm(form, offers);
    setWrong('wrong' in read ? read.wrong : []);
    if ('terms' in read) set.mutate(read.terms);
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={t('what')}>
        <Select value={form.planId} onChange={({ target }) => setForm({ ...form, planId: target.value })}>
          {offers.plans.map(({ id, displayName, tokens, bonusTokens, amountMinor, currency: of }) => (
            <option key={id} value={id}>
              {t('planOption', {
                name: displayName ?? id,
                tokens: countText(tokens + bonusTokens, locale),
                price: money(amountMinor, of),
              })}
            </option>
          ))}
          <option value={ownAmount}>{t('ownAmount')}</option>
        </Select>
      </Field>
      {form.planId === ownAmount && (
        <Field
          label={t('amount', { currency: currency.toUpperCase() })}
          error={wrong.includes('amount') ? t('amountWrong', range) : undefined}
        >
          <TextInput
            value={form.amount}
            onChange={({ target }) => setForm({ ...form, amount: target.value })}
            inputMode="decimal"
            autoComplete="off"
            className="font-mono"
          />
        </Field>
      )}
      <Field
        label={t('below')}
        hint={t('belowHint')}
        error={
          wrong.includes('below')
            ? t('belowWrong', { most: purchase ? countText(purchase.tokens, locale) : '—' })
            : undefined
        }
      >
        <TextInput
          value={form.below}
          onChange={({ target }) => setForm({ ...form, below: target.value })}
          inputMode="numeric"
          autoComplete="off"
          className="font-mono"
        />
      </Field>
      <Field label={t('max')} hint={t('maxHint')} error={wrong.includes('maxPerMonth') ? t('maxWrong') : undefined}>
        <TextInput
          value={form.maxPerMonth}
          onChange={({ target }) => setForm({ ...form, maxPerMonth: target.value })}
          inputMode="numeric"
          autoComplete="off"
          className="font-mono"
        />
      </Field>
      <p aria-live="polite" className="min-h-10 text-small text-ink-soft">
        {purchase && times !== undefined && times > 0n
          ? t('total', { money: money(purchase.amountMinor * times, purchase.currency) })
          : ''}
      </p>
      {set.error && <ErrorState {...failure(set.error)} />}
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="submit" look="primary" busy={set.isPending}>
          {t('submit')}
        </Button>
      </DialogActions>
    </form>
  );
}
