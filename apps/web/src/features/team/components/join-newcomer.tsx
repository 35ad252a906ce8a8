'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { NewPasswordField } from '#features/account/components/new-password-field.tsx';
import { signInWithPassword } from '#features/account/components/sign-in.ts';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { linkClass } from '#ui/link-class.ts';
import { forgetInvitationToken } from './use-invitation-token.ts';

const maxNameLength = 64;

/** Makes an account for the invited address, and signs in with it. */
export function JoinNewcomer({ token, next }: { readonly token: string; readonly next: string }) {
  const t = useTranslations('auth');
  const locale = useLocale();
  const failure = useFailure();
  const [isEntering, setIsEntering] = useState(false);
  const signUp = api.invitation.signUp.useMutation();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, password] = [String(form.get('name')), String(form.get('password'))];
    const made = await signUp.mutateAsync({ token, name, password, locale }).catch(() => undefined);
    if (!made) return;
    setIsEntering(true);
    forgetInvitationToken();
    await signInWithPassword(made.email, password);
    // Signed in or not: the console leads to the sign-in page where it did not work.
    window.location.assign(next);
  }

  const link = (href: string) => (text: React.ReactNode) => (
    <Link href={href} className={linkClass}>
      {text}
    </Link>
  );
  return (
    <form onSubmit={submit} method="post" className="flex flex-col gap-4">
      <Field label={t('name')}>
        <TextInput name="name" autoComplete="name" required maxLength={maxNameLength} />
      </Field>
      <NewPasswordField label={t('password')} error={signUp.error ? failure(signUp.error).message : undefined} />
      <p className="text-caption text-ink-faint">
        {t.rich('signUp.agree', { terms: link('/terms'), privacy: link('/privacy') })}
      </p>
      <Button type="submit" look="primary" busy={signUp.isPending || isEntering} className="mt-1">
        {t('join.create')}
      </Button>
    </form>
  );
}
