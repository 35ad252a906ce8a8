import { byte } from '../json/bytes.ts';
import { stringEnd, unquote } from '../objects/walk-strings.ts';

/** A value in a JSON text: its characters are [start, end). */
export interface JsonValue {
  readonly start: number;
  readonly end: number;
}

/** A member of an object or an element of an array. */
export interface JsonChild extends JsonValue {
  /** Where it begins, its key included. */
  readonly from: number;
  /** Undefined in an array. */
  readonly key: string | undefined;
}

/** The value that a whole text is. */
export function rootOf(text: string): JsonValue {
  const start = skipSpaces(text, 0);
  return { start, end: valueEnd(text, start) };
}

/**
 * What an object or array holds, in its order; nothing for any other value.
 * @param text well-formed JSON
 */
export function childrenOf(text: string, { start, end }: JsonValue): JsonChild[] {
  const open = text.charCodeAt(start);
  if (open !== byte.openBrace && open !== byte.openBracket) return [];
  const children: JsonChild[] = [];
  for (let at = skipSpaces(text, start + 1); at < end - 1; ) {
    const from = at;
    let key: string | undefined;
    if (open === byte.openBrace) {
      const keyEnd = stringEnd(text, at);
      key = unquote(text.slice(at, keyEnd));
      at = skipSpaces(text, skipSpaces(text, keyEnd) + 1);
    }
    const child = { from, key, start: at, end: valueEnd(text, at) };
    children.push(child);
    // Over the comma, or onto the closing bracket.
    at = skipSpaces(text, child.end);
    if (text.charCodeAt(at) === byte.comma) at = skipSpaces(text, at + 1);
  }
  return children;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \n\r\t'.includes(text.charAt(at))) at++;
  return at;
}

/** Behind the value that begins at `start`. */
function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === byte.quote) return stringEnd(text, start);
  if (first !== byte.openBrace && first !== byte.openBracket) return scalarEnd(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case byte.quote:
        at = stringEnd(text, at) - 1;
        break;
      case byte.openBrace:
      case byte.openBracket:
        depth++;
        break;
      case byte.closeBrace:
      case byte.closeBracket:
        if (--depth === 0) return at + 1;
        break;
    }
  }
  return text.length;
}

function scalarEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !',]} \n\r\t'.includes(text.charAt(at))) at++;
  return at;
}
