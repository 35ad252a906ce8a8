'use client';

import { useLocale, useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { textIn } from '#components/both-languages.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { DeskReply } from '../desk-reply.ts';

export interface DeleteReplyDialogProps {
  readonly reply: DeskReply;
  readonly onClose: () => void;
}

/** Says what deleting means, and deletes. */
export function DeleteReplyDialog({ reply, onClose }: DeleteReplyDialogProps) {
  const t = useTranslations('replies');
  const title = textIn(useLocale(), reply.title);
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const remove = api.reply.delete.useMutation({
    async onSuccess() {
      await utils.reply.list.invalidate();
      toast({ title: t('deleted', { title }) });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('remove.title', { title })}
      description={t('remove.lead')}
    >
      {remove.error && <ErrorState {...failure(remove.error)} />}
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ id: reply.id })}>
          {t('remove.submit')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
