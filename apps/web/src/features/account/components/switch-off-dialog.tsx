'use client';

import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { CodeField } from './code-field.tsx';

export interface SwitchOffDialogProps {
  readonly hasPassword: boolean;
  readonly onClose: () => void;
}

/** Switches the second factor off. */
export function SwitchOffDialog({ hasPassword, onClose }: SwitchOffDialogProps) {
  const t = useTranslations('settings');
  const failure = useFailure();
  const utils = api.useUtils();
  const switchOff = api.account.switchOffTwoFactor.useMutation({
    async onSuccess() {
      onClose();
      await utils.account.me.invalidate();
    },
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    switchOff.mutate({ password: String(form.get('password') ?? ''), code: String(form.get('code')) });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('twoFactor.switchOff')}
      description={t('twoFactor.switchOffLead')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {hasPassword && (
          <Field label={t('twoFactor.password')}>
            <TextInput name="password" type="password" autoComplete="current-password" required maxLength={512} />
          </Field>
        )}
        <CodeField label={t('twoFactor.anyCode')} />
        {switchOff.error && <ErrorState {...failure(switchOff.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="danger" busy={switchOff.isPending}>
            {t('twoFactor.switchOff')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
