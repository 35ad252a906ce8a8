'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { usePathname } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { PageHead } from '#ui/section.tsx';
import { ErrorState } from '#ui/states.tsx';

const maxNameLength = 64;

export interface HomelessProps {
  /** Nobody new is taken here. */
  readonly isClosed: boolean;
  /** The page: their own settings stay open to them. */
  readonly children: ReactNode;
}

/** For who belongs to no organization: the console has nothing to show them until they do. */
export function Homeless({ isClosed, children }: HomelessProps) {
  const isOwnAffair = usePathname() === '/console/settings';
  return isOwnAffair ? children : <StartOrganization isClosed={isClosed} />;
}

function StartOrganization({ isClosed }: Pick<HomelessProps, 'isClosed'>) {
  const t = useTranslations('team.homeless');
  const failure = useFailure();
  const [name, setName] = useState('');
  const start = api.team.start.useMutation({ onSuccess: () => window.location.reload() });

  function submit(event: FormEvent) {
    event.preventDefault();
    start.mutate({ name });
  }

  return (
    <>
      <PageHead title={t('title')} lead={isClosed ? t('closed') : t('lead')} />
      {!isClosed && (
        <form onSubmit={submit} className="flex max-w-md flex-col gap-4">
          <Field label={t('name')}>
            <TextInput
              value={name}
              onChange={(event) => setName(event.target.value)}
              required
              maxLength={maxNameLength}
            />
          </Field>
          {start.error && <ErrorState {...failure(start.error)} />}
          <Button type="submit" look="primary" busy={start.isPending || start.isSuccess} className="self-start">
            {t('submit')}
          </Button>
        </form>
      )}
    </>
  );
}
