'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { DeleteByNameDialog } from '#components/delete-by-name-dialog.tsx';
import { useRouter } from '#i18n/navigation.ts';
import { useToast } from '#ui/toast.tsx';
import type { Channel } from '../channel-filter.ts';

export interface DeleteChannelDialogProps {
  readonly channel: Channel;
  readonly onClose: () => void;
}

/** Deleting forgets the key for good, so the channel's name has to be typed. */
export function DeleteChannelDialog({ channel: { id, name }, onClose }: DeleteChannelDialogProps) {
  const t = useTranslations('channels');
  const toast = useToast();
  const router = useRouter();
  const utils = api.useUtils();
  const remove = api.channel.delete.useMutation({
    async onSuccess() {
      toast({ title: t('deleted', { name }) });
      onClose();
      router.push('/admin/channels');
      await utils.channel.list.invalidate();
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
      onDelete={() => remove.mutate({ channelId: id })}
      onClose={onClose}
    />
  );
}
