'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { Status } from '#ui/status.tsx';
import { EnrolDialog } from './enrol-dialog.tsx';
import type { MeProps } from './me.ts';
import { RenewCodesDialog } from './renew-codes-dialog.tsx';
import { SwitchOffDialog } from './switch-off-dialog.tsx';

/** The second factor: on or off, and what can be done about it. */
export function TwoFactorSection({ me }: MeProps) {
  const t = useTranslations('settings.twoFactor');
  const [open, setOpen] = useState<'enrol' | 'renew' | 'off'>();
  const { isOn, recoveryCodesLeft } = me.twoFactor;
  const close = () => setOpen(undefined);
  const actions = isOn ? (
    <div className="flex flex-wrap gap-2.5">
      <Button onClick={() => setOpen('renew')}>{t('renew')}</Button>
      <Button onClick={() => setOpen('off')}>{t('switchOff')}</Button>
    </div>
  ) : (
    <Button look="primary" onClick={() => setOpen('enrol')}>
      {t('begin')}
    </Button>
  );
  return (
    <Section title={t('title')} actions={actions}>
      <div className="flex flex-wrap gap-x-6 gap-y-1 text-small" data-testid="two-factor">
        <Status tone={isOn ? 'good' : 'quiet'}>{t(isOn ? 'on' : 'off')}</Status>
        {isOn && <span className="text-ink-soft">{t('left', { count: recoveryCodesLeft })}</span>}
      </div>
      <p className="mt-2 text-small text-ink-soft">{t('lead')}</p>
      {open === 'enrol' && <EnrolDialog onClose={close} />}
      {open === 'renew' && <RenewCodesDialog onClose={close} />}
      {open === 'off' && <SwitchOffDialog hasPassword={me.hasPassword} onClose={close} />}
    </Section>
  );
}
