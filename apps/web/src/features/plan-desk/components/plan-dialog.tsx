'use client';

import { useTranslations } from 'next-intl';
import { type ComponentProps, type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useSite } from '#components/site.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { DeskPlan } from '../desk-plan.ts';
import { formOf, type PlanField, readPlanForm } from '../plan-form.ts';

export interface PlanDialogProps {
  /** Undefined: a new one. */
  readonly plan: DeskPlan | undefined;
  readonly onClose: () => void;
}

/** Makes a plan, or changes one. Orders keep what they sold. */
export function PlanDialog({ plan, onClose }: PlanDialogProps) {
  const t = useTranslations('planDesk');
  const { currency } = useSite();
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const [form, setForm] = useState(() => formOf(plan, currency));
  const [wrong, setWrong] = useState<readonly PlanField[]>([]);
  async function onSuccess() {
    await utils.planDesk.list.invalidate();
    toast({ title: plan ? t('saved') : t('created', { name: form.id }) });
    onClose();
  }
  const create = api.planDesk.create.useMutation({ onSuccess });
  const update = api.planDesk.update.useMutation({ onSuccess });
  const error = create.error ?? update.error;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (create.isPending || update.isPending) return;
    const read = readPlanForm(form);
    setWrong('wrong' in read ? read.wrong : []);
    if ('plan' in read) (plan ? update : create).mutate(read.plan);
  }

  const input = (field: PlanField, props: ComponentProps<typeof TextInput> = {}) => (
    <Field
      label={t(`form.${field}`)}
      hint={t(`hint.${field}`)}
      error={wrong.includes(field) ? t(`invalid.${field}`) : undefined}
    >
      <TextInput
        value={form[field]}
        onChange={(event) => setForm({ ...form, [field]: event.target.value })}
        autoComplete="off"
        {...props}
      />
    </Field>
  );

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={plan ? t('form.editTitle', { name: plan.displayName ?? plan.id }) : t('form.createTitle')}
      description={plan && t('form.editLead')}
    >
      <form onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
        {!plan && input('id', { className: 'font-mono', spellCheck: false })}
        {input('displayName', { maxLength: 64 })}
        {input('tokens', { inputMode: 'numeric', className: 'font-mono' })}
        {input('bonusTokens', { inputMode: 'numeric', className: 'font-mono' })}
        {input('price', { inputMode: 'decimal', className: 'font-mono' })}
        {input('currency', { className: 'font-mono', maxLength: 3, spellCheck: false })}
        {input('activeFrom', { type: 'datetime-local' })}
        {input('activeUntil', { type: 'datetime-local' })}
        {input('displayOrder', { inputMode: 'numeric', className: 'font-mono' })}
        <div className="sm:col-span-2">
          {error && <ErrorState {...failure(error)} />}
          <DialogActions>
            <Button onClick={onClose}>{t('cancel')}</Button>
            <Button type="submit" look="primary" busy={create.isPending || update.isPending}>
              {plan ? t('save') : t('create')}
            </Button>
          </DialogActions>
        </div>
      </form>
    </Dialog>
  );
}
