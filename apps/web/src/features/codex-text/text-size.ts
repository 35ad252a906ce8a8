/** What the server takes of one text, in bytes of UTF-8. */
export const maxTextBytes = 64 * 1024;

/** Bytes of a text as it is stored. */
export function textBytes(text: string): number {
  return new TextEncoder().encode(text.trim()).length;
}
