'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { Status } from '#ui/status.tsx';
import { ChangeEmailDialog } from './change-email-dialog.tsx';
import type { MeProps } from './me.ts';
import { useResend } from './use-resend.ts';

/** The address that one signs in with. */
export function EmailSection({ me }: MeProps) {
  const t = useTranslations('settings');
  const [isOpen, setIsOpen] = useState(false);
  const resend = useResend();
  return (
    <Section
      title={t('email.title')}
      actions={me.hasPassword && <Button onClick={() => setIsOpen(true)}>{t('email.change')}</Button>}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-small">
        <span className="font-mono wrap-anywhere">{me.email}</span>
        <Status tone={me.isEmailVerified ? 'good' : 'warn'}>
          {t(me.isEmailVerified ? 'email.confirmed' : 'email.unconfirmed')}
        </Status>
        {!me.isEmailVerified && (
          <Button busy={resend.isPending} onClick={() => resend.mutate()}>
            {t('notice.resend')}
          </Button>
        )}
      </div>
      {!me.hasPassword && <p className="mt-2 text-small text-ink-soft">{t('email.needsPassword')}</p>}
      {isOpen && <ChangeEmailDialog onClose={() => setIsOpen(false)} />}
    </Section>
  );
}
