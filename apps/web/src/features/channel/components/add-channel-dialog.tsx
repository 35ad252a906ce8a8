'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Dialog } from '#ui/dialog.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { AddChannelForm } from './add-channel-form.tsx';

export interface AddChannelDialogProps {
  readonly onClose: () => void;
  /** Told of the first channel made; absent: its own page is gone to, which tests it. */
  readonly onMade?: ((channelId: string) => void) | undefined;
}

/** Adds a channel. */
export function AddChannelDialog({ onClose, onMade }: AddChannelDialogProps) {
  const t = useTranslations('channels');
  const failure = useFailure();
  const choices = api.channel.choices.useQuery();
  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('form.title')}
      description={t('form.lead')}
    >
      {choices.isPending && <SkeletonRows rows={6} />}
      {choices.error && <ErrorState {...failure(choices.error)} onRetry={() => choices.refetch()} />}
      {choices.data && <AddChannelForm choices={choices.data} onCancel={onClose} onMade={onMade} />}
    </Dialog>
  );
}
