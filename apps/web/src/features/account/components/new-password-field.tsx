'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Field, TextInput } from '#ui/field.tsx';

const minPasswordLength = 8;
const maxPasswordLength = 256;

export interface NewPasswordFieldProps {
  readonly label: string;
  readonly error?: ReactNode;
}

/** A password that is being chosen; its name in the form is `password`. */
export function NewPasswordField({ label, error }: NewPasswordFieldProps) {
  const t = useTranslations('auth');
  return (
    <Field label={label} hint={t('signUp.passwordHint', { count: minPasswordLength })} error={error}>
      <TextInput
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={minPasswordLength}
        maxLength={maxPasswordLength}
      />
    </Field>
  );
}
