'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';

/** Asks for a link by mail; what it answers does not depend on whether there is an account. */
export function ResetForm() {
  const t = useTranslations('auth');
  const locale = useLocale();
  const failure = useFailure();
  const [sentTo, setSentTo] = useState<string>();
  const request = api.account.requestReset.useMutation();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email'));
    request.mutate({ email, locale }, { onSuccess: () => setSentTo(email) });
  }

  if (sentTo !== undefined) {
    return (
      <p role="status" className="border-l-2 border-good py-1 pl-4 text-small wrap-anywhere">
        {t('reset.sent', { email: sentTo })}
      </p>
    );
  }
  return (
    <form onSubmit={submit} method="post" className="flex flex-col gap-4">
      <Field label={t('email')} error={request.error ? failure(request.error).message : undefined}>
        <TextInput name="email" type="email" autoComplete="username" required maxLength={254} />
      </Field>
      <Button type="submit" look="primary" busy={request.isPending}>
        {t('reset.submit')}
      </Button>
    </form>
  );
}
