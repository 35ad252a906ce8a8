'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { Section } from '#ui/section.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { MeProps } from './me.ts';
import { NewPasswordField } from './new-password-field.tsx';

/** One's password, or how to get one. */
export function PasswordSection({ me }: MeProps) {
  const t = useTranslations('settings.password');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Section
      title={t('title')}
      actions={me.hasPassword && <Button onClick={() => setIsOpen(true)}>{t('submit')}</Button>}
    >
      <p className="text-small text-ink-soft">{t(me.hasPassword ? 'lead' : 'none')}</p>
      {!me.hasPassword && (
        <Link href="/reset" className={`mt-3 ${buttonClass()}`}>
          {t('set')}
        </Link>
      )}
      {isOpen && <ChangePasswordDialog onClose={() => setIsOpen(false)} />}
    </Section>
  );
}

function ChangePasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('settings');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const change = api.account.changePassword.useMutation({
    async onSuccess() {
      toast({ title: t('password.done') });
      onClose();
      await utils.account.sessions.invalidate();
    },
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    change.mutate({ present: String(form.get('present')), password: String(form.get('password')) });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('password.submit')}
      description={t('password.lead')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('password.present')}>
          <TextInput name="present" type="password" autoComplete="current-password" required maxLength={512} />
        </Field>
        <NewPasswordField label={t('password.new')} />
        {change.error && <ErrorState {...failure(change.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={change.isPending}>
            {t('password.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
