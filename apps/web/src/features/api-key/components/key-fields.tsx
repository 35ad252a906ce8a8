'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { Field, Select, TextArea, TextInput } from '#ui/field.tsx';
import { asItIs, type KeyForm, lifetimes } from '../key-form.ts';
import { LimitFields } from './limit-fields.tsx';
import { ModelPicker } from './model-picker.tsx';

const maxNameLength = 64;
const maxAddressesLength = 4_000;

export interface KeyFieldsProps {
  readonly form: KeyForm;
  readonly onChange: (form: KeyForm) => void;
  readonly unit: BalanceUnit;
  /** The models that the key's group sees; undefined: every model there is. */
  readonly offered: readonly string[] | undefined;
  /** A key that has an expiry can keep it. */
  readonly hasExpiry?: boolean;
  /** The choice of a group, where there still is one. */
  readonly group?: ReactNode;
}

/** All that can be set on a key: what everybody fills in first, the rest folded by what it is about. */
export function KeyFields({ form, onChange, unit, offered, hasExpiry = false, group }: KeyFieldsProps) {
  const t = useTranslations('keys');
  const set = (part: Partial<KeyForm>) => onChange({ ...form, ...part });
  const choices = hasExpiry ? ([asItIs, ...lifetimes] as const) : lifetimes;
  return (
    <>
      <Field label={t('form.name')} hint={t('form.nameHint')}>
        <TextInput
          value={form.name}
          onChange={(event) => set({ name: event.target.value })}
          required
          maxLength={maxNameLength}
          autoComplete="off"
        />
      </Field>
      <Field label={t('form.expires')}>
        <Select
          value={form.lifetime}
          onChange={(event) => set({ lifetime: event.target.value as KeyForm['lifetime'] })}
        >
          {choices.map((lifetime) => (
            <option key={lifetime} value={lifetime}>
              {t(`lifetime.${lifetime}`)}
            </option>
          ))}
        </Select>
      </Field>
      {group}
      <Disclosure label={t('form.modelSection')} open={form.models.length > 0 || form.strict}>
        <ModelPicker offered={offered} chosen={form.models} onChange={(models) => set({ models })} />
        <Checkbox checked={form.strict} onChange={(strict) => set({ strict })}>
          {t('form.strict')}
        </Checkbox>
      </Disclosure>
      <Disclosure label={t('form.spendSection')} open={form.spendPerDay !== '' || form.spendPerMonth !== ''}>
        <div className="grid grid-cols-2 gap-3">
          {(['spendPerDay', 'spendPerMonth'] as const).map((name) => (
            <Field key={name} label={t(`form.${name}`, { unit: t(`unit.${unit}`) })}>
              <TextInput
                inputMode={unit === 'money' ? 'decimal' : 'numeric'}
                pattern={unit === 'money' ? '[0-9]{1,9}([.][0-9]{1,9})?' : '[1-9][0-9]{0,14}'}
                placeholder={t('form.noLimit')}
                value={form[name]}
                onChange={(event) => set({ [name]: event.target.value })}
                className="font-mono"
              />
            </Field>
          ))}
        </div>
        <p className="text-caption text-ink-faint">{t('form.spendHint')}</p>
      </Disclosure>
      <Disclosure label={t('form.limits')} open={Object.values(form.limits).some((limit) => limit !== '')}>
        <LimitFields limits={form.limits} onChange={(limits) => set({ limits })} />
      </Disclosure>
      <Disclosure label={t('form.addressSection')} open={form.addresses !== ''}>
        <Field label={t('form.addresses')} hint={t('form.addressHint')}>
          <TextArea
            rows={3}
            maxLength={maxAddressesLength}
            placeholder={'203.0.113.7\n10.0.0.0/8'}
            spellCheck={false}
            value={form.addresses}
            onChange={(event) => set({ addresses: event.target.value })}
            className="font-mono"
          />
        </Field>
      </Disclosure>
    </>
  );
}
