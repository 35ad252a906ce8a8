/** The bytes that structure JSON and SSE, by name. */
export const byte = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  slash: 0x2f,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** The index of the first byte at or after `from` that is not JSON white space; `end` where there is none. */
export function skipSpace(text: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const c = text[at] as number;
    if (c !== byte.space && c !== byte.lineFeed && c !== byte.carriageReturn && c !== byte.tab) break;
    at++;
  }
  return at;
}

/** Whether the ASCII text stands at this place. */
export function standsAt(text: Uint8Array, at: number, end: number, expected: string): boolean {
  if (at < 0 || at + expected.length > end) return false;
  for (let i = 0; i < expected.length; i++) if (text[at + i] !== expected.charCodeAt(i)) return false;
  return true;
}

/** More than this behind a range is not searched through in vain: a burst of events comes in one buffer. */
const maxVainBytes = 1_024;

/** The index of the bytes `wanted` within [start, end), or -1. */
export function findWithin(text: Buffer, wanted: Buffer, start: number, end: number): number {
  const isNearEnd = text.length - end <= maxVainBytes;
  const at = isNearEnd ? text.indexOf(wanted, start) : text.subarray(0, end).indexOf(wanted, start);
  return at === -1 || at + wanted.length > end ? -1 : at;
}
