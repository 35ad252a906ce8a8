'use client';

import { protocols } from '@ai-bridge/domain';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Choice } from '#components/choice.tsx';
import { providerName } from '#features/site/tools.ts';
import { Button } from '#ui/button.tsx';
import { controlClass } from '#ui/control-class.ts';
import { bands, type ModelFilter, modelFilterQuery, readModelFilter, sorts } from '../model-filter.ts';
import { capabilities } from '../public-model.ts';

export interface PlazaFiltersProps {
  readonly filter: ModelFilter;
  readonly providers: readonly string[];
  readonly onChange: (filter: ModelFilter) => void;
}

/** What is looked for. A choice is written into a query and read back, so that an address and a press mean the same. */
export function PlazaFilters({ filter, providers, onChange }: PlazaFiltersProps) {
  const t = useTranslations('models.filter');
  const id = useId();
  const query = modelFilterQuery(filter);

  function set(name: string, value: string) {
    query.set(name, value);
    onChange(readModelFilter(query));
  }

  const choices = [
    { name: 'provider', options: providers.map((value) => ({ value, label: providerName(value) })) },
    { name: 'protocol', options: protocols.map((value) => ({ value, label: t(`protocols.${value}`) })) },
    { name: 'capability', options: capabilities.map((value) => ({ value, label: t(`capabilities.${value}`) })) },
    {
      name: 'price',
      options: Object.keys(bands).map((value) => ({ value, label: t(`bands.${value as keyof typeof bands}`) })),
    },
  ] as const;
  return (
    <search>
      <form method="get" onSubmit={(event) => event.preventDefault()}>
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-[2fr_repeat(5,minmax(0,1fr))]">
          <div className="flex min-w-0 flex-col gap-1.5 sm:max-lg:col-span-3">
            <label htmlFor={id} className="text-small font-medium">
              {t('text')}
            </label>
            <input
              id={id}
              name="q"
              type="search"
              value={filter.text}
              maxLength={100}
              placeholder={t('placeholder')}
              autoComplete="off"
              onChange={(event) => set('q', event.target.value)}
              className={controlClass}
            />
          </div>
          {choices.map(({ name, options }) => (
            <Choice
              key={name}
              label={t(name)}
              name={name}
              value={query.get(name) ?? ''}
              onChange={(value) => set(name, value)}
              options={[{ value: '', label: t('any') }, ...options]}
            />
          ))}
          <Choice
            label={t('sort')}
            name="sort"
            value={filter.sort}
            onChange={(value) => set('sort', value)}
            options={sorts.map((value) => ({ value, label: t(`sorts.${value}`) }))}
          />
        </div>
        <label className="mt-2 inline-flex min-h-9 items-center gap-2.5 text-small max-sm:min-h-11">
          <input
            type="checkbox"
            name="available"
            value="1"
            checked={filter.isAvailable}
            onChange={(event) => set('available', event.target.checked ? '1' : '')}
            className="size-4.5 accent-ink"
          />
          {t('available')}
        </label>
        <noscript>
          <Button type="submit">{t('submit')}</Button>
        </noscript>
      </form>
    </search>
  );
}
