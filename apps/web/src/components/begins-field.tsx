'use client';

import { useTranslations } from 'next-intl';
import { Field, TextInput } from '#ui/field.tsx';
import { Segmented } from '#ui/segmented.tsx';

export interface BeginsFieldProps {
  /** As an input of a date and a time has it, in the reader's own zone; undefined: now. */
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** When a change begins: now, or at a date. */
export function BeginsField({ value, onChange }: BeginsFieldProps) {
  const t = useTranslations('dated');
  return (
    <div className="flex flex-col items-start gap-3">
      <span className="text-small font-medium">{t('begins')}</span>
      <Segmented
        label={t('begins')}
        value={value === undefined ? 'now' : 'later'}
        onChange={(next) => onChange(next === 'now' ? undefined : '')}
        options={[
          { value: 'now', label: t('now') },
          { value: 'later', label: t('later') },
        ]}
      />
      {value !== undefined && (
        <Field label={t('date')} hint={t('dateHint')} className="w-full">
          <TextInput type="datetime-local" required value={value} onValueChange={(next) => onChange(String(next))} />
        </Field>
      )}
    </div>
  );
}

/** The moment that is meant; undefined: now. */
export function momentOf(value: string | undefined): Date | undefined {
  return value ? new Date(value) : undefined;
}
