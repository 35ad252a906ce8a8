import { byte, standsAt } from './bytes.ts';
import { malformed } from './malformed.ts';

export type ScalarKind = 'number' | 'true' | 'false' | 'null';

/** What kind of scalar begins with this byte. */
export function scalarKindAt(text: Buffer, at: number): ScalarKind {
  switch (text[at]) {
    case 0x74:
      return 'true';
    case 0x66:
      return 'false';
    case 0x6e:
      return 'null';
    default:
      return 'number';
  }
}

/**
 * @param start the first byte of a value that is no string, object or array
 * @returns the index behind it
 * @throws RelayError invalid_request where no JSON number or literal stands there
 */
export function skipScalar(text: Buffer, start: number, end: number): number {
  const kind = scalarKindAt(text, start);
  if (kind === 'number') return skipNumber(text, start, end);
  if (!standsAt(text, start, end, kind)) throw malformed('an unexpected character', start);
  return start + kind.length;
}

function skipNumber(text: Buffer, start: number, end: number): number {
  let at = start;
  if (text[at] === byte.minus) at++;
  const whole = at;
  at = skipDigits(text, at, end);
  if (at === whole) throw malformed('an unexpected character', start);
  if (text[whole] === byte.zero && at > whole + 1) throw malformed('a number with a leading zero', start);
  if (at < end && text[at] === byte.point) at = skipSomeDigits(text, at + 1, end);
  if (at < end && ((text[at] as number) | 0x20) === 0x65) {
    at++;
    if (text[at] === byte.plus || text[at] === byte.minus) at++;
    at = skipSomeDigits(text, at, end);
  }
  return at;
}

function skipSomeDigits(text: Buffer, from: number, end: number): number {
  const at = skipDigits(text, from, end);
  if (at === from) throw malformed('a number without its digits', from);
  return at;
}

function skipDigits(text: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const c = text[at] as number;
    if (c < byte.zero || c > byte.nine) break;
    at++;
  }
  return at;
}
