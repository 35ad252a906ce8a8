'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { linkClass } from '#ui/link-class.ts';
import { PersonFields, readPerson } from './person-fields.tsx';
import { signInWithPassword } from './sign-in.ts';

/** @param next path to open once signed in */
export function SignUpForm({ next }: { readonly next: string }) {
  const t = useTranslations('auth');
  const locale = useLocale();
  const failure = useFailure();
  const [entering, setEntering] = useState(false);
  const [sentTo, setSentTo] = useState<string>();
  const register = api.account.register.useMutation();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const person = readPerson(event.currentTarget);
    const registered = await register.mutateAsync({ ...person, locale }).then(
      () => true,
      () => false,
    );
    if (!registered) return;
    setEntering(true);
    const answer = await signInWithPassword(person.email, person.password);
    if (answer.kind === 'ok') window.location.assign(next);
    // The address may have had an account before: that is for its owner's mailbox to say.
    else setSentTo(person.email);
  }

  if (sentTo !== undefined) {
    return (
      <div role="status" className="flex flex-col items-start gap-4">
        <h2 className="text-lead font-semibold">{t('signUp.sent.title')}</h2>
        <p className="text-small wrap-anywhere">{t('signUp.sent.body', { email: sentTo })}</p>
        <Link href="/sign-in" className={buttonClass()}>
          {t('signUp.sent.signIn')}
        </Link>
      </div>
    );
  }
  return (
    <form onSubmit={submit} method="post" className="flex flex-col gap-4">
      <PersonFields error={register.error ? failure(register.error).message : undefined} />
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
