'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useFragment } from './use-fragment.ts';

const kinds = ['low_balance', 'orders', 'refunds'] as const;

/** Switches a kind of mail off by the link of such a mail, at the press of a button. */
export function SwitchMailOff() {
  const t = useTranslations('auth.mailOff');
  const failure = useFailure();
  const fragment = useFragment();
  const switchOff = api.account.switchMailOff.useMutation();
  const [named, token = ''] = (fragment ?? '').split('.');
  const kind = kinds.find((known) => known === named);
  if (switchOff.isSuccess) {
    return (
      <p role="status" className="text-small">
        {t('done')}
      </p>
    );
  }
  if (fragment !== undefined && !kind) return <p className="text-small">{t('missing')}</p>;
  return (
    <div className="flex flex-col items-start gap-4">
      {kind && <p className="text-small font-medium">{t(kind)}</p>}
      {switchOff.error && <ErrorState {...failure(switchOff.error)} />}
      <Button
        look="primary"
        busy={switchOff.isPending}
        disabled={!kind}
        onClick={() => kind && switchOff.mutate({ kind, token })}
      >
        {t('submit')}
      </Button>
    </div>
  );
}
