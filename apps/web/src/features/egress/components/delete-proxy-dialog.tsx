'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { DeleteByNameDialog } from '#components/delete-by-name-dialog.tsx';
import { useToast } from '#ui/toast.tsx';
import type { EgressStatus, ListedProxy } from '../pools.ts';
import { StrandedWarning } from './stranded-warning.tsx';

export interface DeleteProxyDialogProps {
  readonly proxy: ListedProxy;
  /** Channels that have no other way out. */
  readonly stranded: EgressStatus['channels'];
  readonly onClose: () => void;
}

/** Deleting forgets URL and password for good, so the proxy's name has to be typed. */
export function DeleteProxyDialog({ proxy: { id, name }, stranded, onClose }: DeleteProxyDialogProps) {
  const t = useTranslations('egress');
  const toast = useToast();
  const utils = api.useUtils();
  const remove = api.egress.delete.useMutation({
    async onSuccess() {
      await utils.egress.list.invalidate();
      toast({ title: t('deleted', { name }) });
      onClose();
    },
  });
  return (
    <DeleteByNameDialog
      name={name}
      title={t('delete.title')}
      lead={t('delete.lead')}
      label={t('delete.label', { name })}
      submit={t('delete.submit')}
      cancel={t('cancel')}
      removal={remove}
      onDelete={() => remove.mutate({ proxyId: id })}
      onClose={onClose}
    >
      <div className="mb-4 empty:hidden">
        <StrandedWarning channels={stranded} />
      </div>
    </DeleteByNameDialog>
  );
}
