/** What examples carry until a reader's own values are filled in. Plain ASCII: a key lands in HTTP headers when pasted unread. */
export const baseUrlPlaceholder = 'BRIDGE_URL';
export const keyPlaceholder = 'YOUR_API_KEY';

/** What the examples on a page are filled with. */
export interface ExampleValues {
  /** The worker's address as this reader reaches it, without a trailing slash. */
  readonly baseUrl: string;
  /** How the signed-in reader's key may be shown: its beginning and end. */
  readonly shownKey?: string | undefined;
}

/** An example as it is copied: with the address, and a word where the reader puts the key, since a shortened one never works. */
export function fillAddress(text: string, { baseUrl }: ExampleValues): string {
  return text.replaceAll(baseUrlPlaceholder, baseUrl);
}

/** An example as it is shown. */
export function fillShown(text: string, values: ExampleValues): string {
  const filled = fillAddress(text, values);
  return values.shownKey === undefined ? filled : filled.replaceAll(keyPlaceholder, values.shownKey);
}
