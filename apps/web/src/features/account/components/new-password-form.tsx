'use client';

import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { useFragment } from './use-fragment.ts';

/** Sets a password by the link of a mail. */
export function NewPasswordForm() {
  const t = useTranslations('auth');
  const failure = useFailure();
  const ticket = useFragment();
  const reset = api.account.resetPassword.useMutation();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    reset.mutate({ ticket: ticket ?? '', password });
  }

  if (ticket === '' || reset.isSuccess) {
    return (
      <div role="status" className="flex flex-col items-start gap-4">
        <p className="text-small">{t(reset.isSuccess ? 'reset.done' : 'reset.missing')}</p>
        <Link href={reset.isSuccess ? '/sign-in' : '/reset'} className={buttonClass('primary')}>
          {t(reset.isSuccess ? 'signIn.submit' : 'reset.title')}
        </Link>
      </div>
    );
  }
  return (
    <form onSubmit={submit} method="post" className="flex flex-col gap-4">
      <NewPasswordField label={t('reset.newPassword')} error={reset.error ? failure(reset.error).message : undefined} />
      <Button type="submit" look="primary" busy={reset.isPending}>
        {t('reset.save')}
      </Button>
    </form>
  );
}
