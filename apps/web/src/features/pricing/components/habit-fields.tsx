'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { controlClass } from '#ui/control-class.ts';
import { type Habit, habitBounds, readNumber } from '../calculator.ts';

export interface HabitFieldsProps {
  readonly habit: Habit;
  readonly onChange: (habit: Habit) => void;
}

const fields = Object.keys(habitBounds) as readonly (keyof Habit)[];

/** The four numbers of a way of working. */
export function HabitFields({ habit, onChange }: HabitFieldsProps) {
  return fields.map((field) => (
    <NumberField
      key={field}
      field={field}
      value={habit[field]}
      onChange={(value) => onChange({ ...habit, [field]: value })}
    />
  ));
}

interface NumberFieldProps {
  readonly field: keyof Habit;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** Keeps what is typed while it means nothing yet; the last number that did counts. Another value from outside takes its place. */
function NumberField({ field, value, onChange }: NumberFieldProps) {
  const t = useTranslations('pricing.calculator');
  const id = useId();
  const { name, most } = habitBounds[field];
  const [typed, setTyped] = useState({ text: String(value), value });
  const text = typed.value === value ? typed.text : String(value);
  const isWrong = readNumber(text, most) === undefined;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-small font-medium">
        {t(`field.${field}`)}
      </label>
      <input
        id={id}
        name={name}
        value={text}
        inputMode="numeric"
        autoComplete="off"
        aria-invalid={isWrong}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const next = readNumber(event.target.value, most);
          setTyped({ text: event.target.value, value: next ?? value });
          if (next !== undefined) onChange(next);
        }}
        className={`${controlClass} font-mono`}
      />
      <p id={`${id}-hint`} className={isWrong ? 'text-caption text-bad' : 'text-caption text-ink-faint'}>
        {isWrong ? t('wrong', { most }) : t(`hint.${field}`)}
      </p>
    </div>
  );
}
