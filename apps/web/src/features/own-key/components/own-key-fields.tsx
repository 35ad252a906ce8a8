'use client';

import { useTranslations } from 'next-intl';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field, TextInput } from '#ui/field.tsx';

export const maxNameLength = 64;

export interface NameFieldProps {
  readonly name: string;
  readonly onChange: (name: string) => void;
}

export function NameField({ name, onChange }: NameFieldProps) {
  const t = useTranslations('ownKeys.field');
  return (
    <Field label={t('name')} hint={t('nameHint')}>
      <TextInput
        value={name}
        onChange={(event) => onChange(event.target.value)}
        required
        maxLength={maxNameLength}
        autoComplete="off"
      />
    </Field>
  );
}

export interface ExclusiveFieldProps {
  readonly isExclusive: boolean;
  readonly onChange: (isExclusive: boolean) => void;
}

/** Whether anything else may answer, and what follows from it. */
export function ExclusiveField({ isExclusive, onChange }: ExclusiveFieldProps) {
  const t = useTranslations('ownKeys.field');
  return (
    <div>
      <Checkbox checked={isExclusive} onChange={onChange}>
        {t('exclusive')}
      </Checkbox>
      <p className="mt-1 pl-7 text-caption text-ink-faint" aria-live="polite">
        {isExclusive ? t('exclusiveOn') : t('exclusiveOff')}
      </p>
    </div>
  );
}
