'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { replaceQuery } from '#components/replace-query.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/states.tsx';
import { filterModels, type ModelFilter, modelFilterQuery, readModelFilter } from '../model-filter.ts';
import { PlazaFilters } from './plaza-filters.tsx';
import { type PlazaModel, PlazaTable } from './plaza-table.tsx';

const everything = readModelFilter(new URLSearchParams());

/** Every model on offer, by what the address asks for. Without scripts the form asks the server for the same. */
export function Plaza({ models }: { readonly models: readonly PlazaModel[] }) {
  const t = useTranslations('models');
  const query = useSearchParams();
  const [filter, setFilter] = useState(() => readModelFilter(query));
  const found = filterModels(models, filter);

  function keep(next: ModelFilter) {
    setFilter(next);
    replaceQuery(modelFilterQuery(next));
  }

  return (
    <>
      <PlazaFilters filter={filter} providers={[...new Set(models.map(({ provider }) => provider))]} onChange={keep} />
      <p role="status" className="mt-5 mb-2 text-caption text-ink-faint">
        {t('count', { found: found.length, all: models.length })}
      </p>
      {found.length > 0 && <PlazaTable models={found} />}
      {found.length === 0 && (
        <EmptyState
          title={t('none.title')}
          action={<Button onClick={() => keep(everything)}>{t('none.reset')}</Button>}
        >
          {t('none.body')}
        </EmptyState>
      )}
    </>
  );
}
