import { byte } from './bytes.ts';
import { malformed } from './malformed.ts';

/** How far a string is walked in this loop before the runtime's byte search, which has a fixed price, takes over. */
const nearBytes = 24;

/** 1 for every byte that ends a run of plain string bytes: quote, backslash, controls. */
const stops = new Uint8Array(256).fill(1, 0, 0x20);
stops[byte.quote] = 1;
stops[byte.backslash] = 1;

/** Walks the strings of one text; made anew for each text, as it remembers what it has searched. */
export class StringWalker {
  readonly #text: Buffer;
  readonly #end: number;
  readonly #mayHoldControls: boolean;
  #nextBackslash = -1;
  #nextQuote = -1;

  /** @param mayHoldControls false where it is known that no byte of the text is below 0x20 */
  constructor(text: Buffer, end: number, mayHoldControls: boolean) {
    this.#text = text;
    this.#end = end;
    this.#mayHoldControls = mayHoldControls;
  }

  /**
   * @param open index of the opening quote
   * @returns the index behind the closing quote
   * @throws RelayError invalid_request where the string does not end, or holds a control byte or a bad escape
   */
  skip(open: number): number {
    const text = this.#text;
    const end = this.#end;
    let at = open + 1;
    let walkBytes = this.#mayHoldControls ? end : nearBytes;
    for (;;) {
      const near = Math.min(at + walkBytes, end);
      while (at < near && stops[text[at] as number] === 0) at++;
      if (at === near && near < end) {
        at = this.#far(near);
        // Prose: its escapes lie far apart, so the next one is not worth walking to either.
        walkBytes = at - near > nearBytes ? 0 : nearBytes;
      }
      if (at >= end) throw malformed('a string that does not end', open);
      const c = text[at];
      if (c === byte.quote) return at + 1;
      if (c !== byte.backslash) throw malformed('a control character in a string', at);
      at = escapeEnd(text, at, end);
    }
  }

  /** The next quote or backslash, whichever comes first. Both are remembered, so that no byte is searched twice. */
  #far(from: number): number {
    if (this.#nextBackslash < from) this.#nextBackslash = this.#find(byte.backslash, from);
    if (this.#nextQuote < from) this.#nextQuote = this.#find(byte.quote, from);
    return Math.min(this.#nextQuote, this.#nextBackslash);
  }

  #find(value: number, from: number): number {
    const found = this.#text.indexOf(value, from);
    return found === -1 ? this.#end : found;
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
