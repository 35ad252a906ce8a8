'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field, Select, TextInput } from '#ui/field.tsx';
import { type ModelFilter, stateFilters } from '../model-filter.ts';

const maxSearchLength = 200;

export interface ModelFiltersProps {
  readonly filter: ModelFilter;
  readonly providers: readonly string[];
  readonly onChange: (change: Partial<ModelFilter>) => void;
}

export function ModelFilters({ filter, providers, onChange }: ModelFiltersProps) {
  const t = useTranslations('modelDesk');
  const [typed, setTyped] = useState(filter.search);

  function find(event: FormEvent) {
    event.preventDefault();
    onChange({ search: typed.trim() });
  }

  return (
    <search aria-label={t('filter.label')} className="mb-4 block">
      <form onSubmit={find} className="grid grid-cols-[1fr_auto] items-end gap-2.5 sm:grid-cols-[2fr_auto_1fr_1fr]">
        <Field label={t('filter.search')}>
          <TextInput
            type="search"
            value={typed}
            onValueChange={(value) => setTyped(value)}
            placeholder={t('filter.placeholder')}
            maxLength={maxSearchLength}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Button type="submit">{t('filter.submit')}</Button>
        <Field label={t('filter.provider')} className="max-sm:col-span-2">
          <Select value={filter.provider} onChange={({ target }) => onChange({ provider: target.value })}>
            <option value="">{t('filter.any')}</option>
            {providers.map((provider) => (
              <option key={provider} value={provider}>
                {provider}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('filter.state')} className="max-sm:col-span-2">
          <Select
            value={filter.state}
            onChange={({ target }) => onChange({ state: stateFilters.find((state) => state === target.value) ?? '' })}
          >
            <option value="">{t('filter.any')}</option>
            {stateFilters.map((state) => (
              <option key={state} value={state}>
                {t(`filter.${state}`)}
              </option>
            ))}
          </Select>
        </Field>
      </form>
    </search>
  );
}
