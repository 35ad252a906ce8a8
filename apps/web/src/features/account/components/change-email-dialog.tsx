'use client';

import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';

/** Asks for a link to a new address. */
export function ChangeEmailDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('settings');
  const failure = useFailure();
  const toast = useToast();
  const request = api.account.requestEmailChange.useMutation({
    onSuccess() {
      toast({ title: t('email.sent') });
      onClose();
    },
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    request.mutate({ email: String(form.get('email')), password: String(form.get('password')) });
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('email.change')} description={t('email.lead')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('email.new')}>
          <TextInput name="email" type="email" autoComplete="email" required maxLength={254} />
        </Field>
        <Field label={t('password.present')}>
          <TextInput name="password" type="password" autoComplete="current-password" required maxLength={512} />
        </Field>
        {request.error && <ErrorState {...failure(request.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={request.isPending}>
            {t('email.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
