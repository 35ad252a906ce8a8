'use client';

import { isProtocol } from '@ai-bridge/domain';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { controlClass } from '#ui/control-class.ts';
import { Field, Select } from '#ui/field.tsx';
import { type Channel, type ChannelFilter, stateFilters } from '../channel-filter.ts';
import { protocolLabels } from '../protocol-label.ts';

export interface ChannelFiltersProps {
  readonly channels: readonly Channel[];
  readonly filter: ChannelFilter;
  readonly onChange: (change: Partial<ChannelFilter>) => void;
}

export function ChannelFilters({ channels, filter, onChange }: ChannelFiltersProps) {
  const t = useTranslations('channels');
  const among = (values: readonly string[]) => [...new Set(values)].sort();
  return (
    <search
      aria-label={t('filter.label')}
      className="mb-4 grid grid-cols-3 items-end gap-2 sm:grid-cols-[2fr_1fr_1fr_1fr] sm:gap-3"
    >
      {/* The address follows a moment later: what is typed meanwhile must not be lost. */}
      <input
        type="search"
        defaultValue={filter.search}
        onChange={(event) => onChange({ search: event.target.value })}
        aria-label={t('filter.search')}
        placeholder={t('filter.search')}
        className={`${controlClass} max-sm:col-span-3`}
      />
      <Choice
        label={t('filter.state')}
        value={filter.state}
        onChange={(state) => onChange({ state: stateFilters.find((one) => one === state) ?? '' })}
      >
        {stateFilters.map((state) => (
          <option key={state} value={state}>
            {t(`filter.states.${state}`)}
          </option>
        ))}
      </Choice>
      <Choice label={t('filter.protocol')} value={filter.protocol} onChange={(protocol) => onChange({ protocol })}>
        {among(channels.flatMap(({ protocols }) => protocols)).map((protocol) => (
          <option key={protocol} value={protocol}>
            {isProtocol(protocol) ? protocolLabels[protocol] : protocol}
          </option>
        ))}
      </Choice>
      <Choice label={t('filter.group')} value={filter.group} onChange={(group) => onChange({ group })}>
        {among(channels.flatMap(({ groups }) => groups)).map((group) => (
          <option key={group} value={group}>
            {group}
          </option>
        ))}
      </Choice>
    </search>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  const t = useTranslations('channels');
  return (
    <Field label={label}>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('filter.any')}</option>
        {children}
      </Select>
    </Field>
  );
}
