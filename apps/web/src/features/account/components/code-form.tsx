'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { type SignInResult, signInWithCode } from './sign-in.ts';

export interface CodeFormProps {
  readonly ticket: string;
  /** Path to open once signed in. */
  readonly next: string;
  readonly onAgain: () => void;
}

/** The second step of a sign-in: a code of the device, or a recovery code. */
export function CodeForm({ ticket, next, onAgain }: CodeFormProps) {
  const t = useTranslations('auth');
  const [result, setResult] = useState<SignInResult>();
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setIsBusy(true);
    const answer = await signInWithCode(ticket, String(new FormData(event.currentTarget).get('code')));
    if (answer.kind === 'ok') return window.location.assign(next);
    setIsBusy(false);
    setResult(answer);
  }

  return (
    <form onSubmit={submit} method="post" className="flex flex-col gap-4">
      <h2 className="text-lead font-semibold">{t('signIn.code.title')}</h2>
      <Field label={t('signIn.code.label')} hint={t('signIn.code.lead')} error={result && messageOf(result, t)}>
        <TextInput
          name="code"
          autoComplete="one-time-code"
          autoFocus
          required
          maxLength={64}
          className="font-mono tracking-widest"
        />
      </Field>
      <Button type="submit" look="primary" busy={isBusy}>
        {t('signIn.code.submit')}
      </Button>
      <Button look="quiet" onClick={onAgain} className="self-start">
        {t('signIn.code.again')}
      </Button>
    </form>
  );
}

function messageOf(result: SignInResult, t: ReturnType<typeof useTranslations<'auth'>>): string {
  if (result.kind === 'too_many_attempts') return t('signIn.too_many_attempts', { seconds: result.seconds });
  if (result.kind === 'unreachable') return t('signIn.unreachable');
  return t(result.kind === 'ticket_invalid' ? 'signIn.code.ticket_invalid' : 'signIn.code.code_wrong');
}
