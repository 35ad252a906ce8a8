'use client';

import { useTranslations } from 'next-intl';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field, Select, TextInput } from '#ui/field.tsx';
import type { SettingsForm } from '../new-channel-form.ts';
import type { Choices } from '../test-model.ts';
import { LimitFields } from './limit-fields.tsx';
import type { FieldName } from './use-field-error.ts';

export interface SettingsFieldsProps {
  readonly form: SettingsForm;
  readonly choices: Choices;
  readonly onChange: (change: Partial<SettingsForm>) => void;
  readonly error: (field: FieldName) => string | undefined;
}

const codexModes = ['auto', 'force_official', 'keep_original'] as const;
const defaults = { priority: '1', weight: '1', costPercent: '100' };

/** Everything about a channel that has a good default. */
export function SettingsFields({ form, choices, onChange, error }: SettingsFieldsProps) {
  const t = useTranslations('channels');
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label={t('field.priority')} hint={t('field.priorityHint')} error={error('priority')}>
          <Whole
            value={form.priority}
            onChange={(priority) => onChange({ priority })}
            placeholder={defaults.priority}
          />
        </Field>
        <Field label={t('field.weight')} hint={t('field.weightHint')} error={error('weight')}>
          <Whole value={form.weight} onChange={(weight) => onChange({ weight })} placeholder={defaults.weight} />
        </Field>
        <Field label={t('field.cost')} hint={t('field.costHint')} error={error('costBasisPoints')}>
          <TextInput
            value={form.costPercent}
            onChange={(event) => onChange({ costPercent: event.target.value.replace(/[^\d.]/g, '') })}
            inputMode="decimal"
            placeholder={defaults.costPercent}
            className="font-mono"
          />
        </Field>
        <Field label={t('field.egressPool')} error={error('egressPool')}>
          <Select value={form.egressPool} onChange={(event) => onChange({ egressPool: event.target.value })}>
            <option value="">{t('field.direct')}</option>
            {[...new Set([...choices.pools, ...(form.egressPool ? [form.egressPool] : [])])].map((pool) => (
              <option key={pool} value={pool}>
                {pool}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('field.codexInstructions')} hint={t('field.codexHint')}>
          <Select
            value={form.codexInstructions}
            onChange={(event) =>
              onChange({ codexInstructions: codexModes.find((mode) => mode === event.target.value) ?? 'keep_original' })
            }
          >
            {codexModes.map((mode) => (
              <option key={mode} value={mode}>
                {t(`codex.${mode}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <LimitFields limits={form.limits} onChange={(limits) => onChange({ limits })} error={error('limits')} />
      <Groups form={form} choices={choices} onChange={onChange} error={error} />
      <Timeouts form={form} choices={choices} onChange={onChange} error={error} />
    </div>
  );
}

function Groups({ form, choices, onChange, error }: SettingsFieldsProps) {
  const t = useTranslations('channels');
  const toggle = (id: string, on: boolean) =>
    onChange({ groups: on ? [...form.groups, id] : form.groups.filter((group) => group !== id) });
  return (
    <fieldset>
      <legend className="text-small font-medium">{t('field.groups')}</legend>
      <div className="mt-1 flex flex-wrap gap-x-5">
        {choices.groups.map(({ id, displayName }) => (
          <Checkbox key={id} checked={form.groups.includes(id)} onChange={(on) => toggle(id, on)}>
            <span className="font-mono">{id}</span>
            {displayName.toLowerCase() !== id && <span className="text-ink-faint"> {displayName}</span>}
          </Checkbox>
        ))}
      </div>
      {error('groups') && (
        <p role="alert" className="text-caption text-bad">
          {error('groups')}
        </p>
      )}
    </fieldset>
  );
}

function Timeouts({ form, choices, onChange, error }: SettingsFieldsProps) {
  const t = useTranslations('channels');
  const { defaultTimeouts } = choices;
  return (
    <fieldset>
      <legend className="text-small font-medium">{t('field.timeouts')}</legend>
      <div className="mt-1.5 grid grid-cols-1 gap-3 sm:grid-cols-3">
        {(['firstByteMs', 'idleMs', 'totalMs'] as const).map((name) => (
          <Field key={name} label={<span className="font-normal text-ink-soft">{t(`field.${name}`)}</span>}>
            <Whole
              value={form[name]}
              onChange={(value) => onChange({ [name]: value })}
              placeholder={String(defaultTimeouts[name])}
            />
          </Field>
        ))}
      </div>
      {error('timeouts') && (
        <p role="alert" className="mt-1 text-caption text-bad">
          {error('timeouts')}
        </p>
      )}
    </fieldset>
  );
}

interface WholeProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder: string;
}

/** A whole number as text; empty is the default, shown in its place. */
function Whole({ value, onChange, placeholder }: WholeProps) {
  return (
    <TextInput
      value={value}
      onChange={(event) => onChange(event.target.value.replace(/\D/g, ''))}
      inputMode="numeric"
      placeholder={placeholder}
      className="font-mono"
    />
  );
}
