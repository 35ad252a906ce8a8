'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field, Select, TextInput } from '#ui/field.tsx';
import { type MailFilter, mailStates } from '../mail-filter.ts';

const maxAddressLength = 254;

export interface MailFiltersProps {
  readonly filter: MailFilter;
  readonly onChange: (filter: MailFilter) => void;
}

export function MailFilters({ filter, onChange }: MailFiltersProps) {
  const t = useTranslations('mailbox');
  const [typed, setTyped] = useState(filter.address);

  function find(event: FormEvent) {
    event.preventDefault();
    onChange({ ...filter, address: typed.trim() });
  }

  return (
    <search aria-label={t('filter.label')} className="mb-4 block">
      <form onSubmit={find} className="grid grid-cols-[1fr_auto] items-end gap-2.5 sm:grid-cols-[2fr_auto_1fr]">
        <Field label={t('filter.address')}>
          <TextInput
            type="search"
            value={typed}
            onValueChange={(value) => setTyped(value)}
            placeholder={t('filter.placeholder')}
            maxLength={maxAddressLength}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Button type="submit">{t('filter.submit')}</Button>
        <Field label={t('filter.state')} className="max-sm:col-span-2">
          <Select
            value={filter.state ?? ''}
            onChange={({ target }) =>
              onChange({ ...filter, state: mailStates.find((state) => state === target.value) })
            }
          >
            <option value="">{t('filter.any')}</option>
            {mailStates.map((state) => (
              <option key={state} value={state}>
                {t(`state.${state}`)}
              </option>
            ))}
          </Select>
        </Field>
      </form>
    </search>
  );
}
