'use client';

import { Field, TextInput } from '#ui/field.tsx';

export interface PriceInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is wrong with it; undefined where nothing is. */
  readonly error: string | undefined;
  readonly placeholder?: string | undefined;
  /** A whole number rather than an amount. */
  readonly isWhole?: boolean | undefined;
}

/** One figure of a price. */
export function PriceInput({ label, value, onChange, error, placeholder, isWhole }: PriceInputProps) {
  return (
    <Field label={label} error={error}>
      <TextInput
        value={value}
        onValueChange={(next) => onChange(String(next))}
        inputMode={isWhole ? 'numeric' : 'decimal'}
        placeholder={placeholder}
        className="font-mono"
        autoComplete="off"
      />
    </Field>
  );
}
