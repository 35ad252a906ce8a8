import type { ReactNode } from 'react';
import { Field, TextInput } from '#ui/field.tsx';

/** A code of the device, or a recovery code; its name in the form is `code`. */
export function CodeField({ label, error }: { readonly label: string; readonly error?: ReactNode }) {
  return (
    <Field label={label} error={error}>
      <TextInput
        name="code"
        autoComplete="one-time-code"
        required
        maxLength={64}
        className="font-mono tracking-widest"
      />
    </Field>
  );
}
