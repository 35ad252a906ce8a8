'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { maxLookReasonLength } from '../look-reason.ts';

export interface LookReasonFormProps {
  readonly organizationId: string;
  readonly onStated: () => void;
}

/** Asks why somebody looks into a customer's affairs, before anything of them is shown. */
export function LookReasonForm({ organizationId, onStated }: LookReasonFormProps) {
  const t = useTranslations('staffLook');
  const failure = useFailure();
  const [reason, setReason] = useState('');
  const state = api.staffLook.stateReason.useMutation({ onSuccess: onStated });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!state.isPending && reason.trim() !== '') state.mutate({ organizationId, reason: reason.trim() });
  }

  return (
    <form onSubmit={submit} aria-label={t('title')} className="max-w-xl border-l-2 border-rule-strong py-1 pl-4">
      <p className="font-medium">{t('title')}</p>
      <p className="mt-1 mb-4 text-small text-ink-soft">{t('lead')}</p>
      <div className="flex flex-wrap items-end gap-2.5">
        <Field label={t('reason')} className="min-w-0 grow basis-60">
          <TextInput
            value={reason}
            onValueChange={setReason}
            required
            maxLength={maxLookReasonLength}
            placeholder={t('placeholder')}
            autoComplete="off"
          />
        </Field>
        <Button type="submit" look="primary" busy={state.isPending} disabled={reason.trim() === ''}>
          {t('submit')}
        </Button>
      </div>
      {state.error && (
        <div className="mt-4">
          <ErrorState {...failure(state.error)} />
        </div>
      )}
    </form>
  );
}
