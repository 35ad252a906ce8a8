'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { linkClass } from '#ui/link-class.ts';
import { signInWithPassword } from './sign-in.ts';

const minPasswordLength = 8;
const maxPasswordLength = 256;
const maxNameLength = 64;

export interface SignUpFormProps {
  /** Path to open once signed in. */
  readonly next: string;
  /** Path of the sign-in page, should signing in right afterwards fail. */
  readonly signInPath: string;
}

export function SignUpForm({ next, signInPath }: SignUpFormProps) {
  const t = useTranslations('auth');
  const locale = useLocale();
  const failure = useFailure();
  const [entering, setEntering] = useState(false);
  const register = api.account.register.useMutation();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [email, name, password] = ['email', 'name', 'password'].map((field) => String(form.get(field)));
    if (!email || !name || !password) return;
    const registered = await register.mutateAsync({ email, name, password, locale }).then(
      () => true,
      () => false,
    );
    if (!registered) return;
    setEntering(true);
    const answer = await signInWithPassword(email, password);
    window.location.assign(answer === 'ok' ? next : signInPath);
  }

  return (
    <form onSubmit={submit} method="post" className="flex flex-col gap-4">
      <Field label={t('name')} hint={t('signUp.nameHint')}>
        <TextInput name="name" autoComplete="name" required maxLength={maxNameLength} />
      </Field>
      <Field label={t('email')}>
        <TextInput name="email" type="email" autoComplete="username" required maxLength={254} />
      </Field>
      <Field
        label={t('password')}
        hint={t('signUp.passwordHint', { count: minPasswordLength })}
        error={register.error ? failure(register.error).message : undefined}
      >
        <TextInput
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={minPasswordLength}
          maxLength={maxPasswordLength}
        />
      </Field>
      <p className="text-caption text-ink-faint">
        {t.rich('signUp.agree', {
          terms: (text) => (
            <Link href="/terms" className={linkClass}>
              {text}
            </Link>
          ),
          privacy: (text) => (
            <Link href="/privacy" className={linkClass}>
              {text}
            </Link>
          ),
        })}
      </p>
      <Button type="submit" look="primary" busy={register.isPending || entering} className="mt-1">
        {t('signUp.submit')}
      </Button>
    </form>
  );
}
