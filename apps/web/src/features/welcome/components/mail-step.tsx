'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { linkClass } from '#ui/link-class.ts';
import { ErrorState } from '#ui/states.tsx';
import { Status } from '#ui/status.tsx';
import { Verbatim } from '#ui/verbatim.tsx';
import type { Welcome } from '../welcome.ts';

const tones = { queued: 'warn', sent: 'good', kept: 'good', failed: 'bad' } as const;

/** Mails the administrator, and tells how that went. */
export function MailStep({ mail: { hasSmtp, lastTest } }: Pick<Welcome, 'mail'>) {
  const t = useTranslations('welcome.mail');
  const failure = useFailure();
  const utils = api.useUtils();
  const send = api.welcome.sendTestMail.useMutation({ onSuccess: () => utils.welcome.read.invalidate() });
  return (
    <>
      <p className="max-w-2xl text-small text-ink-soft">{t(hasSmtp ? 'smtp' : 'kept')}</p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look="primary" busy={send.isPending} onClick={() => send.mutate()}>
          {t('send')}
        </Button>
        <span role="status" className="text-small">
          {lastTest && (
            <>
              <Status tone={tones[lastTest.state]}>{t(`state.${lastTest.state}`, { to: lastTest.to })}</Status>{' '}
              <Link href={`/admin/mailbox/${lastTest.id}`} className={linkClass}>
                {t('open')}
              </Link>
            </>
          )}
        </span>
      </div>
      {send.error && <ErrorState {...failure(send.error)} />}
      {lastTest?.lastError && lastTest.state !== 'sent' && <Verbatim text={lastTest.lastError} />}
    </>
  );
}
