'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { LimitPresetButtons } from '#components/limit-preset-buttons.tsx';
import { ReasonDialog } from '#components/reason-dialog.tsx';
import { limitNames } from '#features/api-key/key-form.ts';
import { Field, TextInput } from '#ui/field.tsx';
import { useToast } from '#ui/toast.tsx';
import { maxActReasonLength } from '../act-reason.ts';
import { limitForm, limitsOf } from '../limit-form.ts';
import type { ActDialogProps } from './suspend-dialog.tsx';

/** What all of a customer's keys together are limited to; an empty field is no limit. */
export function LimitsDialog({ customer: { id, name, limits }, onClose }: ActDialogProps) {
  const t = useTranslations('customers');
  const toast = useToast();
  const utils = api.useUtils();
  const [form, setForm] = useState(() => limitForm(limits));
  const wanted = limitsOf(form);
  const act = api.customer.setLimits.useMutation({
    async onSuccess() {
      await utils.customer.invalidate();
      toast({ title: t('act.limits.done', { name }) });
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t('act.limits.title', { name })}
      lead={t('act.limits.lead')}
      labels={{
        ...{ reason: t('act.reason'), hint: t('act.hint') },
        ...{ submit: t('act.limits.submit'), cancel: t('act.cancel') },
      }}
      maxLength={maxActReasonLength}
      isIncomplete={wanted === undefined}
      act={act}
      onSubmit={(reason) => wanted && act.mutate({ organizationId: id, limits: wanted, reason })}
      onClose={onClose}
    >
      <LimitPresetButtons onChoose={(preset) => setForm(limitForm(preset))} />
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {limitNames.map((limit) => (
          <Field
            key={limit}
            label={t(`limit.${limit}`)}
            error={limitsOf({ ...limitForm({}), [limit]: form[limit] }) ? undefined : t('act.limits.invalid')}
          >
            <TextInput
              inputMode="numeric"
              placeholder={t('act.limits.none')}
              value={form[limit]}
              onChange={(event) => setForm({ ...form, [limit]: event.target.value })}
              className="font-mono"
            />
          </Field>
        ))}
      </div>
    </ReasonDialog>
  );
}
