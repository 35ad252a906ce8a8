'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { ReasonDialog } from '#components/reason-dialog.tsx';
import { useToast } from '#ui/toast.tsx';
import { maxNoteLength } from '../note-length.ts';

export interface NoteDialogProps {
  readonly organizationId: string;
  readonly onClose: () => void;
}

/** Writes a note that every colleague reads, and nobody can change. */
export function NoteDialog({ organizationId, onClose }: NoteDialogProps) {
  const t = useTranslations('customers.note');
  const toast = useToast();
  const utils = api.useUtils();
  const write = api.customer.writeNote.useMutation({
    async onSuccess() {
      await utils.customer.timeline.invalidate();
      toast({ title: t('written') });
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t('title')}
      lead={t('lead')}
      labels={{ reason: t('text'), submit: t('submit'), cancel: t('cancel') }}
      maxLength={maxNoteLength}
      act={write}
      onSubmit={(text) => write.mutate({ organizationId, text })}
      onClose={onClose}
    />
  );
}
