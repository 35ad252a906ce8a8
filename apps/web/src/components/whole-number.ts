/** Reads a whole number as people type it, grouped by spaces, commas or underscores; undefined where it is none. */
export function readWholeNumber(text: string): bigint | undefined {
  const digits = text.trim().replace(/(?<=\d)[ ,_\u00a0\u202f](?=\d)/g, '');
  return /^-?\d{1,13}$/.test(digits) ? BigInt(digits) : undefined;
}
