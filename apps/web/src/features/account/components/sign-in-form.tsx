'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { linkClass } from '#ui/link-class.ts';
import { CodeForm } from './code-form.tsx';
import { type SignInResult, signInWithPassword } from './sign-in.ts';

/** @param next the path to open afterwards, already known to be of this site */
export function SignInForm({ next }: { readonly next: string }) {
  const t = useTranslations('auth');
  const [result, setResult] = useState<SignInResult>();
  const [isBusy, setIsBusy] = useState(false);
  // Who comes back from another site for their second step brings its ticket along.
  useEffect(() => {
    const ticket = window.location.hash.slice(1);
    if (ticket) setResult({ kind: 'second_factor', ticket });
  }, []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setIsBusy(true);
    const answer = await signInWithPassword(String(form.get('email')), String(form.get('password')));
    // A whole load, so that nothing drawn for someone else stays.
    if (answer.kind === 'ok') return window.location.assign(next);
    setIsBusy(false);
    setResult(answer);
  }

  if (result?.kind === 'second_factor') {
    return <CodeForm ticket={result.ticket} next={next} onAgain={() => setResult(undefined)} />;
  }
  return (
    <form onSubmit={submit} method="post" className="flex flex-col gap-4">
      <Field label={t('email')}>
        <TextInput name="email" type="email" autoComplete="username" required maxLength={320} />
      </Field>
      <Field label={t('password')} error={result && messageOf(result, t)}>
        <TextInput name="password" type="password" autoComplete="current-password" required maxLength={512} />
      </Field>
      <Button type="submit" look="primary" busy={isBusy} className="mt-1">
        {t('signIn.submit')}
      </Button>
      <Link href="/reset" className={`self-start py-1 text-small ${linkClass}`}>
        {t('signIn.forgot')}
      </Link>
    </form>
  );
}

function messageOf(result: SignInResult, t: ReturnType<typeof useTranslations<'auth'>>): string {
  if (result.kind === 'too_many_attempts') return t('signIn.too_many_attempts', { seconds: result.seconds });
  return t(result.kind === 'unreachable' ? 'signIn.unreachable' : 'signIn.refused');
}
