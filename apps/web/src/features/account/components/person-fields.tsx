'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Field, TextInput } from '#ui/field.tsx';
import { NewPasswordField } from './new-password-field.tsx';

const maxNameLength = 64;

/** What a new account begins with. */
export function PersonFields({ error }: { readonly error?: ReactNode }) {
  const t = useTranslations('auth');
  return (
    <>
      <Field label={t('name')} hint={t('signUp.nameHint')}>
        <TextInput name="name" autoComplete="name" required maxLength={maxNameLength} />
      </Field>
      <Field label={t('email')}>
        <TextInput name="email" type="email" autoComplete="username" required maxLength={254} />
      </Field>
      <NewPasswordField label={t('password')} error={error} />
    </>
  );
}

/** What was entered there. */
export function readPerson(form: HTMLFormElement) {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '');
  return { email: text('email'), name: text('name'), password: text('password') };
}
