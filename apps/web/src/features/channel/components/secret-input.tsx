import type { ComponentProps } from 'react';
import { TextInput } from '#ui/field.tsx';

/** A key being pasted: never shown, never offered to a password manager. */
export function SecretInput(props: Omit<ComponentProps<typeof TextInput>, 'type'>) {
  return <TextInput {...props} type="password" autoComplete="new-password" spellCheck={false} className="font-mono" />;
}
