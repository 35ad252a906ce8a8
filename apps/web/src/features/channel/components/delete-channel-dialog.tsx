'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { Channel } from '../channel-filter.ts';

export interface DeleteChannelDialogProps {
  readonly channel: Channel;
  readonly onClose: () => void;
}

/** Deleting forgets the key for good, so the channel's name has to be typed. */
export function DeleteChannelDialog({ channel: { id, name }, onClose }: DeleteChannelDialogProps) {
  const t = useTranslations('channels');
  const failure = useFailure();
  const toast = useToast();
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const utils = api.useUtils();
  const remove = api.channel.delete.useMutation({
    async onSuccess() {
      toast({ title: t('deleted', { name }) });
      onClose();
      router.push('/admin/channels');
      await utils.channel.list.invalidate();
    },
  });
  const matches = typed.trim() === name;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (matches) remove.mutate({ channelId: id });
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('delete.title')} description={t('delete.lead')}>
      <form onSubmit={submit}>
        <Field label={t('delete.label', { name })}>
          <TextInput value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        </Field>
        {remove.error && <ErrorState {...failure(remove.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="danger" disabled={!matches} busy={remove.isPending}>
            {t('delete.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
