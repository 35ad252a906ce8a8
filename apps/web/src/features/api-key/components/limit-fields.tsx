'use client';

import { useTranslations } from 'next-intl';
import { Field, TextInput } from '#ui/field.tsx';
import { type KeyForm, limitNames } from '../key-form.ts';

export interface LimitFieldsProps {
  readonly limits: KeyForm['limits'];
  readonly onChange: (limits: KeyForm['limits']) => void;
}

/** Optional caps of a key. */
export function LimitFields({ limits, onChange }: LimitFieldsProps) {
  const t = useTranslations('keys');
  return (
    <div className="grid grid-cols-2 gap-3">
      {limitNames.map((name) => (
        <Field key={name} label={t(`limit.${name}`)}>
          <TextInput
            inputMode="numeric"
            pattern="[1-9][0-9]{0,8}"
            placeholder={t('form.noLimit')}
            value={limits[name]}
            onChange={(event) => onChange({ ...limits, [name]: event.target.value })}
            className="font-mono"
          />
        </Field>
      ))}
    </div>
  );
}
