import { byte } from './bytes.ts';
import { malformed } from './malformed.ts';

/** Jumps over the strings of one text, from its first to its last. */
export interface StringSkipper {
  /**
   * @param open index of the opening quote
   * @returns the index behind the closing quote
   * @throws RelayError invalid_request where the string does not end, or holds a control byte or a bad escape
   */
  skip(open: number): number;
}

/** 1 for every byte that ends a run of plain string bytes: quote, backslash, controls. */
const stops = new Uint8Array(256).fill(1, 0, 0x20);
stops[byte.quote] = 1;
stops[byte.backslash] = 1;

/** Walks the strings of one text byte by byte. */
export class StringWalker implements StringSkipper {
  readonly #text: Buffer;
  readonly #end: number;

  constructor(text: Buffer, end: number) {
    this.#text = text;
    this.#end = end;
  }

  skip(open: number): number {
    const text = this.#text;
    const end = this.#end;
    let at = open + 1;
    for (;;) {
      while (at < end && stops[text[at] as number] === 0) at++;
      if (at >= end) throw malformed('a string that does not end', open);
      const c = text[at];
      if (c === byte.quote) return at + 1;
      if (c !== byte.backslash) throw malformed('a control character in a string', at);
      at = escapeEnd(text, at, end);
    }
  }
}

/** The index behind the escape that begins with the backslash at `at`. */
function escapeEnd(text: Buffer, at: number, end: number): number {
  switch (text[at + 1]) {
    case 0x6e: // n
    case byte.quote:
    case byte.backslash:
    case byte.slash:
    case 0x62: // b
    case 0x66: // f
    case 0x72: // r
    case 0x74: // t
      return at + 2;
    case 0x75: // u
      if (at + 6 <= end && isHex(text, at + 2)) return at + 6;
  }
  throw malformed('an unknown escape in a string', at);
}

function isHex(text: Buffer, from: number): boolean {
  for (let at = from; at < from + 4; at++) {
    const c = text[at] as number;
    const letter = c | 0x20;
    if (!((c >= byte.zero && c <= byte.nine) || (letter >= 0x61 && letter <= 0x66))) return false;
  }
  return true;
}
