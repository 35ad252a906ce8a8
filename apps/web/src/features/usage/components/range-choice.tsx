'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { dayRange, maxRangeDays, namedRanges, readDays, type UsageRange } from '../usage-range.ts';

export interface RangeChoiceProps {
  readonly range: UsageRange;
  readonly onChange: (range: UsageRange) => void;
}

/** How far back, or from which day to which. */
export function RangeChoice({ range, onChange }: RangeChoiceProps) {
  const t = useTranslations('usage');
  const days = readDays(range);
  const [isOwn, setIsOwn] = useState(days !== undefined);
  return (
    <div className="flex max-w-full flex-col items-end gap-3 max-sm:items-start">
      <Segmented
        label={t('range.label')}
        value={isOwn ? 'own' : range}
        onChange={(value) => (value === 'own' ? setIsOwn(true) : onChange(value as UsageRange))}
        options={[
          ...namedRanges.map((named) => ({ value: named as string, label: t(`range.${named}`) })),
          { value: 'own', label: t('range.own') },
        ]}
      />
      {isOwn && <OwnRange first={days?.first ?? ''} last={days?.last ?? ''} onChange={onChange} />}
    </div>
  );
}

interface OwnRangeProps {
  readonly first: string;
  readonly last: string;
  readonly onChange: (range: UsageRange) => void;
}

function OwnRange({ first, last, onChange }: OwnRangeProps) {
  const t = useTranslations('usage');
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(last);
  const [refused, setRefused] = useState(false);

  function show(event: FormEvent) {
    event.preventDefault();
    const own = dayRange(from, to);
    const isRange = readDays(own) !== undefined;
    setRefused(!isRange);
    if (isRange) onChange(own);
  }

  return (
    <form onSubmit={show} className="flex flex-wrap items-end gap-2.5" noValidate>
      <Field label={t('range.first')}>
        <TextInput type="date" value={from} onValueChange={(value) => setFrom(value)} />
      </Field>
      <Field label={t('range.last')}>
        <TextInput type="date" value={to} onValueChange={(value) => setTo(value)} />
      </Field>
      <Button type="submit">{t('range.show')}</Button>
      {refused && (
        <p role="alert" className="w-full text-caption text-bad">
          {t('range.invalid', { days: maxRangeDays })}
        </p>
      )}
    </form>
  );
}
