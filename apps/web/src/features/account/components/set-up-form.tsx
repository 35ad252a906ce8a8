'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { PersonFields, readPerson } from './person-fields.tsx';
import { signInWithPassword } from './sign-in.ts';

export interface SetUpFormProps {
  readonly token: string;
  /** Paths to open once signed in, and should signing in right afterwards fail. */
  readonly next: string;
  readonly signInPath: string;
}

/** Makes the first administrator. */
export function SetUpForm({ token, next, signInPath }: SetUpFormProps) {
  const t = useTranslations('auth');
  const locale = useLocale();
  const failure = useFailure();
  const setUp = api.account.setUp.useMutation();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const person = readPerson(event.currentTarget);
    setUp.mutate(
      { ...person, token, locale },
      {
        async onSuccess() {
          const answer = await signInWithPassword(person.email, person.password);
          window.location.assign(answer.kind === 'ok' ? next : signInPath);
        },
      },
    );
  }

  return (
    <form onSubmit={submit} method="post" className="flex flex-col gap-4">
      <PersonFields error={setUp.error ? failure(setUp.error).message : undefined} />
      <Button type="submit" look="primary" busy={setUp.isPending || setUp.isSuccess} className="mt-1">
        {t('setUp.submit')}
      </Button>
    </form>
  );
}
