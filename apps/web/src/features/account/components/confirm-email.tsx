'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useFragment } from './use-fragment.ts';

/** Confirms an address by the link of a mail, at the press of a button. */
export function ConfirmEmail() {
  const t = useTranslations('auth.verify');
  const failure = useFailure();
  const ticket = useFragment();
  const confirm = api.account.confirmEmail.useMutation();
  if (ticket === '' || confirm.data) {
    return (
      <div role="status" className="flex flex-col items-start gap-4">
        <p className="text-small">{confirm.data ? t(confirm.data.changed ? 'changed' : 'done') : t('missing')}</p>
        <Link href={confirm.data ? '/console' : '/console/settings'} className={buttonClass('primary')}>
          {t('toConsole')}
        </Link>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {confirm.error && <ErrorState {...failure(confirm.error)} />}
      <Button
        look="primary"
        busy={confirm.isPending}
        disabled={ticket === undefined}
        onClick={() => confirm.mutate({ ticket: ticket ?? '' })}
      >
        {t('submit')}
      </Button>
    </div>
  );
}
