import { asObject } from '../json/parse.ts';

/** Stands around the digits of a number that was made a string. A private-use character: no JSON number has it. */
const mark = '\ue000';
const stringOrLongNumber = /"(?:[^"\\]+|\\.)*"|-?\d[\d.eE+-]{15,}/gs;
const markedNumber = new RegExp(`"${mark}([^"${mark}]+)${mark}"`, 'g');

/**
 * The inputs of tool calls in a JSON document, as text. JavaScript's numbers end at 2^53, and ids in tool calls do not: where an
 * input holds such a number, its digits are taken from the document itself.
 */
export class ExactInputs {
  readonly #document: string;
  #marked: unknown;

  constructor(document: string) {
    this.#document = document;
  }

  /**
   * @param input a value of the parsed document
   * @param path keys and indexes that lead to it
   */
  textOf(input: unknown, path: readonly (string | number)[]): string {
    if (!hasInexactNumber(input)) return JSON.stringify(input);
    this.#marked ??= JSON.parse(this.#document.replace(stringOrLongNumber, markNumber));
    let value: unknown = this.#marked;
    for (const key of path) value = Array.isArray(value) ? value[key as number] : asObject(value)?.[key];
    return JSON.stringify(value).replace(markedNumber, '$1');
  }
}

function markNumber(token: string): string {
  return token.startsWith('"') ? token : `"${mark}${token}${mark}"`;
}

function hasInexactNumber(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) > Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasInexactNumber);
}
