import { byte } from '../json/bytes.ts';

/**
 * Tells every string value of a JSON text, with the keys that lead to it (arrays add none), in the order of the text: also of keys that
 * are there twice, which JSON.parse would hide. A text that ends too early or is malformed is walked as far as it goes.
 *
 * @param visit gets the keys, which are valid for that call only, and the string as it stands there, quotes and all: `unquote` reads it
 */
export function walkStrings(text: string, visit: (path: readonly string[], quoted: string) => void): void {
  const isObject: boolean[] = [];
  const path: string[] = [];
  let expectsKey = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case byte.quote: {
        const end = stringEnd(text, at);
        if (end === -1) return;
        if (expectsKey) path[path.length - 1] = unquote(text.slice(at, end));
        else visit(path, text.slice(at, end));
        expectsKey = false;
        at = end - 1;
        break;
      }
      case byte.openBrace:
        isObject.push(true);
        path.push('');
        expectsKey = true;
        break;
      case byte.openBracket:
        isObject.push(false);
        expectsKey = false;
        break;
      case byte.closeBrace:
      case byte.closeBracket:
        if (isObject.pop()) path.pop();
        expectsKey = false;
        break;
      case byte.comma:
        expectsKey = isObject.at(-1) === true;
        break;
    }
  }
}

/** The string that a JSON text of one string stands for. */
export function unquote(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}

/** Behind the closing quote of the string that opens at `open`; -1 where it does not end. */
export function stringEnd(text: string, open: number): number {
  for (let quote = text.indexOf('"', open + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === byte.backslash) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return -1;
}
