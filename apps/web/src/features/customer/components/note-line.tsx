'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { useToast } from '#ui/toast.tsx';
import type { EntryOf } from '../shown-entry.ts';
import { By } from './by.tsx';

/** A note, and the way to take it back for who wrote it or manages staff. */
export function NoteLine({ note }: { readonly note: EntryOf<'note'> }) {
  const t = useTranslations('customers.note');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const mayManage = useMay('staff.manage');
  const withdraw = api.customer.withdrawNote.useMutation({
    onSuccess: () => toast({ title: t('withdrawn') }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
    onSettled: () => utils.customer.timeline.invalidate(),
  });
  if (note.text === null) {
    return (
      <span className="text-ink-faint">
        {t('withdrawnBy', { author: note.by?.email ?? '–', by: note.withdrawnBy?.email ?? '–' })}
      </span>
    );
  }
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
      <div className="min-w-0">
        <p className="whitespace-pre-wrap">{note.text}</p>
        <By person={note.by} />
      </div>
      {(note.isOwn || mayManage) && (
        <Button look="quiet" busy={withdraw.isPending} onClick={() => withdraw.mutate({ noteId: note.id })}>
          {t('withdraw')}
        </Button>
      )}
    </div>
  );
}
