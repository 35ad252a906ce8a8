'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextArea } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';

const maxReasonLength = 1_000;
const reasonRows = 3;

export interface FreezeDialogProps {
  readonly organization: { readonly id: string; readonly name: string };
  /** False: let it spend again. */
  readonly frozen: boolean;
  readonly onClose: () => void;
}

/** Stops an organization's spending, or lets it go on, for a reason. */
export function FreezeDialog({ organization, frozen, onClose }: FreezeDialogProps) {
  const t = useTranslations('reconciliation.freeze');
  const failure = useFailure();
  const utils = api.useUtils();
  const [reason, setReason] = useState('');
  const freeze = api.reconciliation.freeze.useMutation({
    async onSuccess() {
      await utils.reconciliation.books.invalidate();
      onClose();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!freeze.isPending) freeze.mutate({ organizationId: organization.id, frozen, reason: reason.trim() });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(frozen ? 'title' : 'undoTitle', { name: organization.name })}
      description={t(frozen ? 'lead' : 'undoLead')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('reason')}>
          <TextArea
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
            rows={reasonRows}
            maxLength={maxReasonLength}
          />
        </Field>
        {freeze.error && <ErrorState {...failure(freeze.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look={frozen ? 'danger' : 'primary'} busy={freeze.isPending} disabled={!reason.trim()}>
            {t(frozen ? 'action' : 'undo')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
