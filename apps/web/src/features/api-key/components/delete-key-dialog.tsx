'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';

export interface DeleteKeyDialogProps {
  readonly apiKey: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

/** Deleting cannot be undone, so the key's name has to be typed. */
export function DeleteKeyDialog({ apiKey, onClose }: DeleteKeyDialogProps) {
  const t = useTranslations('keys');
  const failure = useFailure();
  const toast = useToast();
  const [typed, setTyped] = useState('');
  const utils = api.useUtils();
  const remove = api.apiKey.delete.useMutation({
    onSuccess: async () => {
      await utils.apiKey.list.invalidate();
      toast({ title: t('deleted', { name: apiKey.name }) });
      onClose();
    },
  });
  const matches = typed.trim() === apiKey.name;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (matches) remove.mutate({ apiKeyId: apiKey.id });
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('delete.title')} description={t('delete.lead')}>
      <form onSubmit={submit}>
        <Field label={t('delete.label', { name: apiKey.name })}>
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
