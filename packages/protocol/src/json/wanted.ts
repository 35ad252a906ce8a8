import { RelayError } from '@ai-bridge/domain';
import { byte, standsAt } from './bytes.ts';

/** A key may be written with an escape for each of its characters. */
const maxBytesPerCharacter = 6;

/** A set of keys to look for in an object; made once by `wantKeys`. */
export interface WantedKeys {
  readonly names: readonly string[];
  /** Index into `names` by the key's length in bytes. */
  readonly byLength: readonly (readonly number[] | undefined)[];
}

/** @param names ASCII keys; the spans of a scan come back in this order */
export function wantKeys(...names: string[]): WantedKeys {
  const byLength: number[][] = [];
  for (const [index, name] of names.entries()) {
    byLength[name.length] ??= [];
    byLength[name.length]?.push(index);
  }
  return { names, byLength };
}

/**
 * Which wanted key, if any, stands between the quotes at `start - 1` and `end`.
 *
 * @returns its index, or -1
 * @throws RelayError invalid_request where it is a wanted key in other letter case: some servers read keys
 *   without regard to case, so that the upstream would act on a value that was not the one looked at here
 */
export function findWanted(text: Buffer, start: number, end: number, wanted: WantedKeys): number {
  const candidates = wanted.byLength[end - start];
  if (candidates) {
    for (const index of candidates) {
      const name = wanted.names[index] as string;
      if (!equalsWithoutCase(text, start, name)) continue;
      if (standsAt(text, start, end, name)) return index;
      throw otherCase(name);
    }
  }
  return looksPlain(text, start, end) ? -1 : findUnusual(text, start, end, wanted);
}

/** Good for names of ASCII letters, digits and underscores: no other character than these differs in this bit alone. */
function equalsWithoutCase(text: Buffer, start: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const expected = name.charCodeAt(i);
    const c = text[start + i] as number;
    if (c !== expected && (c ^ expected) !== 0x20) return false;
  }
  return true;
}

/** Whether a key is its own bytes: no escapes and nothing beyond ASCII. */
function looksPlain(text: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const c = text[at] as number;
    if (c === byte.backslash || c >= 0x80) return false;
  }
  return true;
}

function findUnusual(text: Buffer, start: number, end: number, wanted: WantedKeys): number {
  if (end - start > maxBytesPerCharacter * wanted.byLength.length) return -1;
  const key = JSON.parse(text.toString('utf8', start - 1, end + 1)) as string;
  const exact = wanted.names.indexOf(key);
  if (exact !== -1) return exact;
  // Upper case also folds the letters outside ASCII that equal an ASCII letter without regard to case.
  const folded = key.toUpperCase();
  const name = wanted.names.find((candidate) => candidate.toUpperCase() === folded);
  if (name === undefined) return -1;
  throw otherCase(name);
}

function otherCase(name: string): RelayError {
  return new RelayError('invalid_request', {
    path: name,
    reason: 'must be spelled exactly so, upper and lower case too',
  });
}
