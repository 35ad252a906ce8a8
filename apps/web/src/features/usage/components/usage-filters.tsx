'use client';

import { useTranslations } from 'next-intl';
import { Button } from '#ui/button.tsx';
import { Field, Select } from '#ui/field.tsx';
import { type Grouping, groupings, statuses, type UsageView } from '../usage-view.ts';
import { type UsageChoices, useUsageNames } from './use-usage-names.ts';

export interface UsageFiltersProps {
  readonly view: UsageView;
  readonly choices: UsageChoices | undefined;
  readonly onChange: (changed: Partial<UsageView>) => void;
}

/** Stands for no narrowing, which no value can be: they are texts with something else in front. */
const all = '';

/** Narrows everything on the page to a model, key, member, provider or way to end. */
export function UsageFilters({ view: { narrowing }, choices, onChange }: UsageFiltersProps) {
  const t = useTranslations('usage');
  const nameOf = useUsageNames(choices);
  const isNarrowed = groupings.some((by) => narrowing[by] !== undefined);

  function narrow(by: Grouping, option: string) {
    onChange({ narrowing: { ...narrowing, [by]: option === all ? undefined : option.slice(1) } });
  }

  return (
    <search className="mb-8 grid grid-cols-2 items-end gap-x-3 gap-y-4 sm:grid-cols-3 lg:flex lg:flex-wrap">
      {groupings.map((by) => (
        <Field key={by} label={t(`by.${by}`)} className="min-w-0 lg:w-40">
          <Select
            value={narrowing[by] === undefined ? all : `=${narrowing[by]}`}
            onChange={({ currentTarget }) => narrow(by, currentTarget.value)}
          >
            <option value={all}>{t('all')}</option>
            {optionsOf(by, choices, narrowing[by]).map((value) => (
              <option key={value} value={`=${value}`}>
                {nameOf(by, value)}
              </option>
            ))}
          </Select>
        </Field>
      ))}
      {isNarrowed && <Button onClick={() => onChange({ narrowing: {} })}>{t('clear')}</Button>}
    </search>
  );
}

/** What is there to choose; what the address names is among it, whether it was used or not. */
function optionsOf(by: Grouping, choices: UsageChoices | undefined, chosen: string | undefined): readonly string[] {
  const values = by === 'status' ? statuses : choices ? usedValues[by](choices) : [];
  return chosen === undefined || values.some((value) => value === chosen) ? values : [...values, chosen];
}

const usedValues = {
  model: ({ models }: UsageChoices) => models,
  provider: ({ providers }: UsageChoices) => providers,
  key: ({ keys }: UsageChoices) => keys.map(({ id }) => id),
  member: ({ members }: UsageChoices) => members.map(({ id }) => id),
} as const;
