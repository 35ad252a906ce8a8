'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { ExclusiveField, NameField } from './own-key-fields.tsx';
import type { OwnKey } from './own-key-table.tsx';

export interface OwnKeyDialogProps {
  readonly ownKey: OwnKey;
  readonly onClose: () => void;
}

/** Changes a key's name and what happens when it fails; another credential is another key. */
export function EditOwnKeyDialog({ ownKey, onClose }: OwnKeyDialogProps) {
  const t = useTranslations('ownKeys');
  const failure = useFailure();
  const toast = useToast();
  const [name, setName] = useState(ownKey.name);
  const [isExclusive, setIsExclusive] = useState(ownKey.isExclusive);
  const utils = api.useUtils();
  const update = api.ownKey.update.useMutation({
    async onSuccess() {
      toast({ title: t('saved') });
      onClose();
      await utils.ownKey.list.invalidate();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate({ ownKeyId: ownKey.id, name, isExclusive });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('edit.title', { name: ownKey.name })}
      description={t('edit.lead')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <NameField name={name} onChange={setName} />
        <ExclusiveField isExclusive={isExclusive} onChange={setIsExclusive} />
        {update.error && <ErrorState {...failure(update.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={update.isPending}>
            {t('edit.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
