'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { usdText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { readSpend, spendText } from '../spend-input.ts';
import type { MemberDialogProps } from './team-member.ts';

/** What all keys of a member may spend together, beside what is spent. */
export function LimitsDialog({ member, onClose }: MemberDialogProps) {
  const t = useTranslations('team');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const { name } = member;
  const [day, setDay] = useState(spendText(member.limits.perDayNanoUsd));
  const [month, setMonth] = useState(spendText(member.limits.perMonthNanoUsd));
  const [perDay, perMonth] = [readSpend(day), readSpend(month)];
  const save = api.team.setLimits.useMutation({
    async onSuccess() {
      toast({ title: t('limits.done', { name }) });
      onClose();
      await utils.team.read.invalidate();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (perDay === undefined || perMonth === undefined) return;
    const limits = { perDayNanoUsd: perDay || undefined, perMonthNanoUsd: perMonth || undefined };
    save.mutate({ userId: member.id, limits });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('limits.title', { name })}
      description={t('limits.lead', { name })}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <SpendField label={t('limits.day')} value={day} onChange={setDay} spentNanoUsd={member.dayNanoUsd} />
        <SpendField label={t('limits.month')} value={month} onChange={setMonth} spentNanoUsd={member.monthNanoUsd} />
        {save.error && <ErrorState {...failure(save.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            busy={save.isPending}
            disabled={perDay === undefined || perMonth === undefined}
          >
            {t('limits.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

interface SpendFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly spentNanoUsd: bigint;
}

function SpendField({ label, value, onChange, spentNanoUsd }: SpendFieldProps) {
  const t = useTranslations('team.limits');
  const locale = useLocale();
  const isWrong = readSpend(value) === undefined;
  return (
    <Field
      label={label}
      hint={t('used', { spent: usdText(spentNanoUsd, locale) })}
      error={isWrong ? t('invalid') : undefined}
    >
      <TextInput
        inputMode="decimal"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={t('none')}
        maxLength={24}
        className="font-mono"
      />
    </Field>
  );
}
