'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { DeleteByNameDialog } from '#components/delete-by-name-dialog.tsx';
import { useToast } from '#ui/toast.tsx';

export interface DeleteKeyDialogProps {
  readonly apiKey: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

/** Deleting cannot be undone, so the key's name has to be typed. */
export function DeleteKeyDialog({ apiKey, onClose }: DeleteKeyDialogProps) {
  const t = useTranslations('keys');
  const toast = useToast();
  const utils = api.useUtils();
  const remove = api.apiKey.delete.useMutation({
    onSuccess: async () => {
      await utils.apiKey.list.invalidate();
      toast({ title: t('deleted', { name: apiKey.name }) });
      onClose();
    },
  });
  return (
    <DeleteByNameDialog
      name={apiKey.name}
      title={t('delete.title')}
      lead={t('delete.lead')}
      label={t('delete.label', { name: apiKey.name })}
      submit={t('delete.submit')}
      cancel={t('cancel')}
      removal={remove}
      onDelete={() => remove.mutate({ apiKeyId: apiKey.id })}
      onClose={onClose}
    />
  );
}
