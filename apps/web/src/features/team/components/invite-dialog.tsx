'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, Select, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { RoleField, type TeamRole } from './role-field.tsx';

/** Asks for whom to invite, as what, and in which language to write to them. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('team');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<TeamRole>('developer');
  const [locale, setLocale] = useState(useLocale());
  const invite = api.team.invite.useMutation({
    async onSuccess() {
      toast({ title: t('invite.sent', { email: email.trim() }) });
      onClose();
      await utils.team.invitations.invalidate();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    invite.mutate({ email, role, locale });
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('invite.title')} description={t('invite.lead')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('invite.email')}>
          <TextInput
            type="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            autoComplete="off"
            required
            maxLength={254}
          />
        </Field>
        <RoleField role={role} onChange={setRole} />
        <Field label={t('invite.language')}>
          <Select value={locale} onChange={(event) => setLocale(event.target.value === 'en' ? 'en' : 'zh')}>
            <option value="zh">{t('invite.zh')}</option>
            <option value="en">{t('invite.en')}</option>
          </Select>
        </Field>
        {invite.error && <ErrorState {...failure(invite.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={invite.isPending}>
            {t('invite.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
