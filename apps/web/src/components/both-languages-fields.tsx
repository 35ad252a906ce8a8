'use client';

import { useTranslations } from 'next-intl';
import { locales } from '#i18n/routing.ts';
import { Field, TextArea, TextInput } from '#ui/field.tsx';
import type { BothLanguages } from './both-languages.ts';

export interface BothLanguagesFieldsProps {
  readonly label: string;
  readonly value: BothLanguages;
  readonly onChange: (value: BothLanguages) => void;
  readonly maxLength: number;
  /** Lines of the box; a single line without. */
  readonly rows?: number;
  readonly disabled?: boolean;
}

/** A text of the operator's, in each language of the site. */
export function BothLanguagesFields({ label, value, onChange, maxLength, rows, disabled }: BothLanguagesFieldsProps) {
  const t = useTranslations('common');
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {locales.map((language) => {
        const props = { value: value[language], maxLength, disabled, lang: language };
        const type = (text: string) => onChange({ ...value, [language]: text });
        return (
          <Field key={language} label={t(`inLanguage.${language}`, { label })}>
            {rows ? (
              <TextArea {...props} rows={rows} onChange={(event) => type(event.target.value)} />
            ) : (
              <TextInput {...props} autoComplete="off" onChange={(event) => type(event.target.value)} />
            )}
          </Field>
        );
      })}
    </div>
  );
}
