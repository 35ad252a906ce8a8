'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field, Select, TextInput } from '#ui/field.tsx';

export interface ListFiltersProps {
  readonly labels: {
    readonly form: string;
    readonly search: string;
    readonly placeholder: string;
    readonly submit: string;
    readonly part: string;
  };
  readonly search: string;
  readonly maxLength: number;
  readonly part: string;
  /** The first stands for all. */
  readonly parts: readonly { readonly value: string; readonly label: string }[];
  readonly onSearch: (search: string) => void;
  readonly onPart: (part: string) => void;
}

/** Narrows a list by a text that is sent, and by a part that is chosen. */
export function ListFilters({ labels, search, maxLength, part, parts, onSearch, onPart }: ListFiltersProps) {
  const [typed, setTyped] = useState(search);

  function find(event: FormEvent) {
    event.preventDefault();
    onSearch(typed.trim());
  }

  return (
    <search aria-label={labels.form} className="mb-4 block">
      <form onSubmit={find} className="grid grid-cols-[1fr_auto] items-end gap-2.5 sm:grid-cols-[2fr_auto_1fr]">
        <Field label={labels.search}>
          <TextInput
            type="search"
            value={typed}
            onValueChange={setTyped}
            placeholder={labels.placeholder}
            maxLength={maxLength}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Button type="submit">{labels.submit}</Button>
        <Field label={labels.part} className="max-sm:col-span-2">
          <Select value={part} onChange={({ target }) => onPart(target.value)}>
            {parts.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      </form>
    </search>
  );
}
