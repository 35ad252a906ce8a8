'use client';

import { useTranslations } from 'next-intl';
import { Field, TextInput } from '#ui/field.tsx';
import { isAmount, type LimitForm, limitNames } from '../limit-form.ts';

export interface LimitFieldsProps {
  readonly limits: LimitForm;
  readonly onChange: (limits: LimitForm) => void;
  readonly error: string | undefined;
}

/** What the account with the upstream allows of a channel; each may be left empty. */
export function LimitFields({ limits, onChange, error }: LimitFieldsProps) {
  const t = useTranslations('channels');
  return (
    <fieldset>
      <legend className="text-small font-medium">{t('field.limits')}</legend>
      <p className="text-caption text-ink-faint">{t('field.limitsHint')}</p>
      <div className="mt-1.5 grid grid-cols-1 gap-3 sm:grid-cols-2">
        {limitNames.map((name) => (
          <Field key={name} label={<span className="font-normal text-ink-soft">{t(`limit.${name}`)}</span>}>
            <TextInput
              inputMode={isAmount(name) ? 'decimal' : 'numeric'}
              placeholder={t('limit.none')}
              value={limits[name]}
              onChange={(event) =>
                onChange({ ...limits, [name]: event.target.value.replace(isAmount(name) ? /[^\d.]/g : /\D/g, '') })
              }
              className="font-mono"
            />
          </Field>
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1 text-caption text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
