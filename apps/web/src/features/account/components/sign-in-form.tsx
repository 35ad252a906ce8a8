'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { type SignInResult, signInWithPassword } from './sign-in.ts';

/** @param next the path to open afterwards, already known to be of this site */
export function SignInForm({ next }: { readonly next: string }) {
  const t = useTranslations('auth');
  const [result, setResult] = useState<SignInResult | 'idle' | 'busy'>('idle');

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setResult('busy');
    const answer = await signInWithPassword(String(form.get('email')), String(form.get('password')));
    // A whole load, so that nothing drawn for someone else stays.
    if (answer === 'ok') window.location.assign(next);
    else setResult(answer);
  }

  const failed = result === 'refused' || result === 'too_many_attempts' || result === 'unreachable';
  return (
    <form onSubmit={submit} method="post" className="flex flex-col gap-4">
      <Field label={t('email')}>
        <TextInput name="email" type="email" autoComplete="username" required maxLength={320} />
      </Field>
      <Field label={t('password')} error={failed ? t(`signIn.${result}`) : undefined}>
        <TextInput name="password" type="password" autoComplete="current-password" required maxLength={512} />
      </Field>
      <Button type="submit" look="primary" busy={result === 'busy'} className="mt-1">
        {t('signIn.submit')}
      </Button>
    </form>
  );
}
