/** What came of putting a reply into a field: the field's new text, or by how many characters it would be too long. */
export type Insertion =
  | { readonly text: string; readonly excess?: undefined }
  | { readonly text?: undefined; readonly excess: number };

/** Puts a reply behind what was typed, as a paragraph of its own: nothing that was typed is lost. */
export function insertReply(typed: string, reply: string, maxLength: number): Insertion {
  const before = typed.trimEnd();
  const text = before === '' ? reply : `${before}\n\n${reply}`;
  return text.length > maxLength ? { excess: text.length - maxLength } : { text };
}
