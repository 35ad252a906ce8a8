'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { OwnKeyDialogProps } from './edit-own-key-dialog.tsx';

/** Asks once: the key itself stays with its provider, so that it can be added again. */
export function DeleteOwnKeyDialog({ ownKey, onClose }: OwnKeyDialogProps) {
  const t = useTranslations('ownKeys');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const remove = api.ownKey.delete.useMutation({
    async onSuccess() {
      await utils.ownKey.list.invalidate();
      toast({ title: t('deleted', { name: ownKey.name }) });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('delete.title', { name: ownKey.name })}
      description={t('delete.lead')}
    >
      {remove.error && <ErrorState {...failure(remove.error)} />}
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ ownKeyId: ownKey.id })}>
          {t('delete.submit')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
