import { AccessError } from './access-error.ts';

export const maxNameLength = 64;

/** A name as it is shown: trimmed, NFC, 1 to 64 characters, no control characters. Throws AccessError('name_invalid'). */
export function readName(text: string): string {
  const name = text.normalize('NFC').trim();
  // Counted in code points, so that a name in an astral script is not cut in half of what it may be.
  const length = [...name].length;
  if (length < 1 || length > maxNameLength || /\p{Cc}/u.test(name))
    throw new AccessError('name_invalid', `expected 1 to ${maxNameLength} characters without line breaks`);
  return name;
}
