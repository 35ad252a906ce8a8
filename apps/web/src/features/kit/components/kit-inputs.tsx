'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Checkbox } from '#ui/checkbox.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { Field, Select, TextArea, TextInput } from '#ui/field.tsx';
import { Segmented } from '#ui/segmented.tsx';

const days = ['1', '7', '30'] as const;

/** What is typed and chosen, in each state. */
export function KitInputs() {
  const t = useTranslations('kit');
  const [isChecked, setIsChecked] = useState(true);
  const [range, setRange] = useState<(typeof days)[number]>('7');
  return (
    <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
      <Field label={t('field.text')} hint={t('field.hint')}>
        <TextInput defaultValue="gpt-4o" />
      </Field>
      <Field label={t('field.wrong')} error={t('field.error')}>
        <TextInput defaultValue="gpt 4o" />
      </Field>
      <Field label={t('field.off')}>
        <TextInput disabled defaultValue="gpt-4o" />
      </Field>
      <Field label={t('field.select')}>
        <Select>
          <option>{t('sample')}</option>
        </Select>
      </Field>
      <Field label={t('field.area')}>
        <TextArea rows={3} defaultValue={t('sample')} />
      </Field>
      <div className="flex flex-col items-start gap-3">
        <Checkbox checked={isChecked} onChange={setIsChecked}>
          {t('field.check')}
        </Checkbox>
        <Segmented
          label={t('field.range')}
          value={range}
          onChange={setRange}
          options={days.map((value) => ({ value, label: value }))}
        />
        <Disclosure label={t('field.more')}>
          <p className="text-small">{t('sample')}</p>
        </Disclosure>
      </div>
    </div>
  );
}
