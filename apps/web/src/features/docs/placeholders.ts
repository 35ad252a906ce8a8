/** What examples carry until a reader's own values are filled in. Plain ASCII: a key lands in HTTP headers when pasted unread. */
export const baseUrlPlaceholder = 'BRIDGE_URL';
export const consoleUrlPlaceholder = 'CONSOLE_URL';
export const keyPlaceholder = 'YOUR_API_KEY';

/** Where this reader reaches things, without a trailing slash. */
export interface Addresses {
  /** The worker. */
  readonly baseUrl: string;
  readonly consoleUrl: string;
}

/** What the examples on a page are filled with. */
export interface ExampleValues extends Addresses {
  /** How the signed-in reader's key may be shown: its beginning and end. */
  readonly shownKey?: string | undefined;
}

/** An example as it is copied: with the addresses, and a word where the reader puts the key, since a shortened one never works. */
export function fillAddress(text: string, { baseUrl, consoleUrl }: Addresses): string {
  return text.replaceAll(baseUrlPlaceholder, baseUrl).replaceAll(consoleUrlPlaceholder, consoleUrl);
}

/** An example as it is shown. */
export function fillShown(text: string, values: ExampleValues): string {
  const filled = fillAddress(text, values);
  return values.shownKey === undefined ? filled : filled.replaceAll(keyPlaceholder, values.shownKey);
}
