/** What a reply may leave open; where it is used, each is filled in with what it is about. */
export const placeholders = ['amount', 'order', 'organization', 'person'] as const;
export type Placeholder = (typeof placeholders)[number];
export type PlaceholderValues = Readonly<Record<Placeholder, string>>;

/** Words in braces, also in the full-width ones of a Chinese keyboard. JSON and the like are none. */
const bracedWords = /[{｛]([\p{L}\p{N}_ -]{1,40})[}｝]/gu;
const known = new RegExp(`\\{(${placeholders.join('|')})\\}`, 'g');
const written = new Set<string>(placeholders.map((name) => `{${name}}`));

/** What stands in a text like a placeholder and is none, as it was typed, each once. */
export function unknownPlaceholders(text: string): readonly string[] {
  return [...new Set([...text.matchAll(bracedWords)].map(([braced]) => braced))].filter((word) => !written.has(word));
}

/** The text with its placeholders filled in. What a value itself says is left as it is. */
export function fillReply(text: string, values: PlaceholderValues): string {
  return text.replace(known, (_, name: Placeholder) => values[name]);
}
