'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { DeleteByNameDialog } from '#components/delete-by-name-dialog.tsx';
import { useToast } from '#ui/toast.tsx';

export interface DeleteCodexTextDialogProps {
  readonly beginning: string;
  readonly onClose: () => void;
}

/** The text is gone for good, so that its beginning has to be typed. */
export function DeleteCodexTextDialog({ beginning, onClose }: DeleteCodexTextDialogProps) {
  const t = useTranslations('codexTexts');
  const toast = useToast();
  const utils = api.useUtils();
  const remove = api.codexText.delete.useMutation({
    async onSuccess() {
      await utils.codexText.list.invalidate();
      toast({ title: t('deleted', { name: beginning }) });
      onClose();
    },
  });
  return (
    <DeleteByNameDialog
      name={beginning}
      title={t('delete.title')}
      lead={t('delete.lead')}
      label={t('delete.label', { name: beginning })}
      submit={t('delete.submit')}
      cancel={t('cancel')}
      removal={remove}
      onDelete={() => remove.mutate({ beginning })}
      onClose={onClose}
    />
  );
}
