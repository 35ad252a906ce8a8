'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { tokensText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';

const maxCodeLength = 100;

/** A code that somebody gave away becomes tokens. */
export function RedeemCode() {
  const t = useTranslations('redeem');
  const locale = useLocale();
  const failure = useFailure();
  const utils = api.useUtils();
  const [code, setCode] = useState('');
  const redeem = api.payment.redeem.useMutation({
    async onSuccess() {
      setCode('');
      await utils.balance.read.invalidate();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    redeem.mutate({ code });
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <Field
        label={t('code')}
        hint={t('hint')}
        error={redeem.error ? failure(redeem.error).message : undefined}
        className="w-full sm:w-72"
      >
        <TextInput
          value={code}
          onChange={(event) => setCode(event.target.value)}
          required
          maxLength={maxCodeLength}
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      <Button type="submit" className="sm:mt-6.5" busy={redeem.isPending}>
        {t('submit')}
      </Button>
      <p role="status" className="w-full text-small">
        {redeem.data ? t('done', { tokens: tokensText(redeem.data.amountNanoUsd, locale) }) : ''}
      </p>
    </form>
  );
}
