'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { ReasonDialog } from '#components/reason-dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { useToast } from '#ui/toast.tsx';
import { maxActReasonLength } from '../act-reason.ts';
import type { ActDialogProps } from './suspend-dialog.tsx';

/** Takes all of a customer's keys away for good: its name has to be typed. */
export function RevokeKeysDialog({ customer: { id, name, keys }, onClose }: ActDialogProps) {
  const t = useTranslations('customers.act');
  const toast = useToast();
  const utils = api.useUtils();
  const [typed, setTyped] = useState('');
  const act = api.customer.revokeKeys.useMutation({
    async onSuccess({ revoked }) {
      await utils.customer.invalidate();
      toast({ title: t('revoke.done', { count: revoked }) });
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t('revoke.title', { count: keys?.live ?? 0, name })}
      lead={t('revoke.lead')}
      labels={{ reason: t('reason'), hint: t('hint'), submit: t('revoke.submit'), cancel: t('cancel') }}
      maxLength={maxActReasonLength}
      isDanger
      isIncomplete={typed.trim() !== name}
      act={act}
      onSubmit={(reason) => act.mutate({ organizationId: id, reason })}
      onClose={onClose}
    >
      <Field label={t('revoke.typeName', { name })}>
        <TextInput value={typed} onValueChange={setTyped} autoComplete="off" spellCheck={false} />
      </Field>
    </ReasonDialog>
  );
}
