import { malformed } from '../malformed.ts';
import { type StringSkipper, StringWalker } from '../strings.ts';
import { marks, markWindow, noMark, windowBytes } from './marker.ts';

/**
 * Walks the strings of one text as `StringWalker` does, with the same results and errors, but jumps from quote to quote
 * by marks that SIMD finds ahead of it. Made anew for each text; while one is in use, no other may be made.
 */
export class MarkedStrings implements StringSkipper {
  readonly #text: Buffer;
  readonly #end: number;
  /** Where the next window begins. */
  #next: number;
  #state = 0;
  /** Index into `marks`; everything before it lies behind the walk. */
  #cursor = 0;
  /** Takes over for good once something is wrong: it knows what, and where. */
  #exact: StringWalker | undefined;

  constructor(text: Buffer, start: number, end: number) {
    this.#text = text;
    this.#end = end;
    this.#next = start;
    this.#markNext();
  }

  /** As `StringWalker.skip`; strings have to be skipped in their order. */
  skip(open: number): number {
    let cursor = this.#cursor;
    while ((marks[cursor] as number) <= open) cursor++;
    const close = marks[cursor] as number;
    if (close === noMark) return this.#skipBeyond(open);
    this.#cursor = cursor + 1;
    return close + 1;
  }

  /** The string ends in a later window, or not at all. */
  #skipBeyond(open: number): number {
    while (this.#exact === undefined && this.#next < this.#end) {
      this.#markNext();
      if (marks[0] !== noMark && this.#exact === undefined) return this.skip(open);
    }
    if (this.#exact) return this.#exact.skip(open);
    throw malformed('a string that does not end', open);
  }

  #markNext(): void {
    this.#state = markWindow(this.#text, this.#next, this.#end, this.#state);
    this.#next += windowBytes;
    this.#cursor = 0;
    if (this.#state !== -1) return;
    this.#exact = new StringWalker(this.#text, this.#end);
    marks[0] = noMark;
  }
}
