'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { tokensText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { alertChoices, alertFormOf, readAlertForm } from '../alert-form.ts';
import type { BillingPage } from '../billing-page.ts';

export interface AlertSettingsProps {
  readonly page: BillingPage;
  readonly mayChange: boolean;
}

/** When a mail says that the balance is low. */
export function AlertSettings({ page, mayChange }: AlertSettingsProps) {
  const t = useTranslations('billing.alerts');
  const locale = useLocale();
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const { usualNanoUsd } = page.alerts;
  const [form, setForm] = useState(() => alertFormOf(page.alerts));
  const [wrong, setWrong] = useState<readonly number[]>([]);
  const set = api.billing.setAlerts.useMutation({
    async onSuccess() {
      await utils.billing.read.invalidate();
      toast({ title: t('done') });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (set.isPending) return;
    const read = readAlertForm(form);
    setWrong('wrong' in read ? read.wrong : []);
    if ('thresholdsNanoUsd' in read) set.mutate(read);
  }

  const type = (place: number, text: string) =>
    setForm({ ...form, amounts: form.amounts.map((amount, at) => (at === place ? text : amount)) });
  const usual =
    usualNanoUsd === undefined ? t('usualNone') : t('usualBody', { tokens: tokensText(usualNanoUsd, locale) });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col items-start gap-4 text-small">
      <p className="text-ink-soft">{t('lead')}</p>
      <Segmented
        label={t('choice')}
        value={form.choice}
        onChange={(choice) => mayChange && setForm({ ...form, choice })}
        options={alertChoices.map((value) => ({ value, label: t(value) }))}
      />
      {form.choice === 'usual' && <p>{usual}</p>}
      {form.choice === 'never' && <p>{t('neverBody')}</p>}
      {form.choice === 'own' && (
        <div className="grid w-full gap-4 sm:grid-cols-3">
          {form.amounts.map((amount, place) => (
            <Field
              // biome-ignore lint/suspicious/noArrayIndexKey: the places are always the same
              key={place}
              label={t('amount', { number: place + 1 })}
              error={wrong.includes(place) ? (amount.trim() === '' ? t('needed') : t('wrong')) : undefined}
            >
              <TextInput
                value={amount}
                onChange={({ target }) => type(place, target.value)}
                inputMode="numeric"
                autoComplete="off"
                disabled={!mayChange}
                className="font-mono"
              />
            </Field>
          ))}
        </div>
      )}
      {set.error && <ErrorState {...failure(set.error)} />}
      {mayChange && (
        <Button type="submit" busy={set.isPending}>
          {t('submit')}
        </Button>
      )}
    </form>
  );
}
