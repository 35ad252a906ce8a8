'use client';

import { useTranslations } from 'next-intl';
import { ReplyPicker } from '#features/reply/components/reply-picker.tsx';
import type { AnswerContext } from '#features/reply/reply.ts';
import { Field, TextArea } from '#ui/field.tsx';

const maxReasonLength = 1_000;
const reasonRows = 5;

export interface ReasonFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint: string;
  /** What replies are filled in with. */
  readonly context: AnswerContext;
  /** Called where a reply was put in, with the field's new text. */
  readonly onInsert: (value: string) => void;
}

/** Why something is decided, in own words or by a kept reply. */
export function ReasonField({ value, onChange, hint, context, onInsert }: ReasonFieldProps) {
  const t = useTranslations('refundDesk.form');
  return (
    <div className="flex flex-col gap-1">
      <Field label={t('reason')} hint={hint}>
        <TextArea
          value={value}
          onChange={(event) => onChange(event.target.value)}
          required
          rows={reasonRows}
          maxLength={maxReasonLength}
        />
      </Field>
      <ReplyPicker typed={value} maxLength={maxReasonLength} context={context} onInsert={onInsert} />
    </div>
  );
}
