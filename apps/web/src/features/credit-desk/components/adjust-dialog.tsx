'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { readWholeNumber } from '#components/whole-number.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextArea, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';

const maxTokens = 1_000_000_000n;
const maxReasonLength = 1_000;
const reasonRows = 3;

export interface AdjustDialogProps {
  readonly organization: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

/** Gives tokens, or takes some away, for a reason. */
export function AdjustDialog({ organization, onClose }: AdjustDialogProps) {
  const t = useTranslations('creditDesk');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const number = readWholeNumber(typed);
  const tokens = number && number >= -maxTokens && number <= maxTokens ? number : undefined;
  const adjust = api.creditDesk.adjust.useMutation({
    async onSuccess({ state }) {
      await Promise.all([utils.orderDesk.read.invalidate(), utils.creditDesk.adjustments.invalidate()]);
      toast({ title: t(`adjustment.${state}`) });
      onClose();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (adjust.isPending || tokens === undefined) return;
    adjust.mutate({ organizationId: organization.id, tokens, reason: reason.trim() });
  }

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('adjustment.title', { name: organization.name })}
      description={t('adjustment.lead')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={t('adjustment.tokens')}
          hint={t('adjustment.tokensHint')}
          error={typed !== '' && tokens === undefined ? t('invalid.adjustment') : undefined}
        >
          <TextInput value={typed} onValueChange={setTyped} required autoComplete="off" className="font-mono" />
        </Field>
        <Field label={t('adjustment.reason')} hint={t('adjustment.reasonHint')}>
          <TextArea
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
            rows={reasonRows}
            maxLength={maxReasonLength}
          />
        </Field>
        {adjust.error && <ErrorState {...failure(adjust.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            busy={adjust.isPending}
            disabled={tokens === undefined || !reason.trim()}
          >
            {t('adjustment.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
