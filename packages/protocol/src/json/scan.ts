import { isUtf8 } from 'node:buffer';
import { RelayError } from '@ai-bridge/domain';
import { byte, skipSpace } from './bytes.ts';
import { malformed } from './malformed.ts';
import { mediaWeightBytes } from './media.ts';
import { type ScalarKind, scalarKindAt, skipScalar } from './scalars.ts';
import { MarkedStrings } from './simd/marked-strings.ts';
import type { StringSkipper } from './strings.ts';
import { findWanted, type WantedKeys } from './wanted.ts';

/** Deeper nesting is refused: no request needs it, and upstreams differ in what they do with it. */
export const maxJsonDepth = 512;

export type JsonKind = ScalarKind | 'string' | 'object' | 'array';

/** A value in a text: its bytes are [start, end). */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: JsonKind;
}

export interface ScannedObject {
  /** One entry for each wanted key, in their order. */
  readonly spans: readonly (JsonSpan | undefined)[];
  /** Index behind the opening brace. */
  readonly bodyStart: number;
  readonly isEmpty: boolean;
  /** Bytes inside all strings, keys too; media counts by what it weighs as a prompt, not by its base64. */
  readonly textBytes: number;
}

/** 1 where the open container at that depth is an object. One is enough: a scan never yields. */
const isObjectAtDepth = new Uint8Array(maxJsonDepth + 1);

/** Scans a whole body: as `scanObject`, and the text has to be UTF-8. */
export function scanBody(text: Buffer, wanted: WantedKeys): ScannedObject {
  if (!isUtf8(text)) throw new RelayError('invalid_request', { reason: 'the body is not valid UTF-8' });
  return scanObject(text, wanted);
}

/**
 * Walks one JSON object without parsing it, and finds the values of a few of its own keys. The whole range must be one
 * well-formed object (RFC 8259) and nothing else.
 *
 * @param strings made for this very range; only tests choose another way to walk it
 * @throws RelayError invalid_request where it is not, is nested too deep, or has a wanted key twice
 */
export function scanObject(
  text: Buffer,
  wanted: WantedKeys,
  start = 0,
  end = text.length,
  strings: StringSkipper = new MarkedStrings(text, start, end),
): ScannedObject {
  const spans: (JsonSpan | undefined)[] = new Array(wanted.names.length).fill(undefined);
  let at = skipSpace(text, start, end);
  if (text[at] !== byte.openBrace || at >= end) throw malformed('it must be one object', at);
  const bodyStart = ++at;
  let depth = 1;
  isObjectAtDepth[1] = 1;
  let textBytes = 0;
  let slot = -1;
  let valueStart = 0;
  let mayClose = true;
  let isEmpty = true;

  for (;;) {
    // A member or element begins here, or, right behind an opening bracket, the container ends.
    at = skipSpace(text, at, end);
    let c = at < end ? (text[at] as number) : -1;
    const inObject = isObjectAtDepth[depth] === 1;
    let closed = mayClose && c === (inObject ? byte.closeBrace : byte.closeBracket);
    mayClose = false;
    if (!closed) {
      if (inObject) {
        if (c !== byte.quote) throw malformed('a key was expected', at);
        const keyEnd = strings.skip(at);
        textBytes += keyEnd - at - 2;
        if (depth === 1) slot = takeSlot(text, at + 1, keyEnd - 1, wanted, spans);
        at = skipSpace(text, keyEnd, end);
        if (at >= end || text[at] !== byte.colon) throw malformed('a colon was expected', at);
        at = skipSpace(text, at + 1, end);
        c = at < end ? (text[at] as number) : -1;
      }
      if (depth === 1) {
        valueStart = at;
        isEmpty = false;
      }
      if (c === byte.openBrace || c === byte.openBracket) {
        if (++depth > maxJsonDepth) throw malformed(`nesting deeper than ${maxJsonDepth}`, at);
        isObjectAtDepth[depth] = c === byte.openBrace ? 1 : 0;
        at++;
        mayClose = true;
        continue;
      }
      if (c === byte.quote) {
        const valueEnd = strings.skip(at);
        textBytes += valueEnd - at > 1024 ? mediaWeightBytes(text, at + 1, valueEnd - 1) : valueEnd - at - 2;
        at = valueEnd;
      } else {
        if (c === -1) throw malformed('it ends too early', at);
        at = skipScalar(text, at, end);
      }
    }

    // A value has ended, or a container is about to: a comma leads to the next, brackets close what is open.
    for (;;) {
      if (!closed) {
        if (depth === 1 && slot !== -1) {
          spans[slot] = { start: valueStart, end: at, kind: kindAt(text, valueStart) };
          slot = -1;
        }
        at = skipSpace(text, at, end);
        c = at < end ? (text[at] as number) : -1;
        if (c === byte.comma) {
          at++;
          break;
        }
        if (c !== (isObjectAtDepth[depth] === 1 ? byte.closeBrace : byte.closeBracket)) {
          throw malformed(c === -1 ? 'it ends too early' : 'a comma or a closing bracket was expected', at);
        }
      }
      closed = false;
      at++;
      if (--depth === 0) {
        const rest = skipSpace(text, at, end);
        if (rest !== end) throw malformed('something follows the object', rest);
        return { spans, bodyStart, isEmpty, textBytes };
      }
    }
  }
}

/** The slot that a key's value goes to, or -1 for a key nobody asked for. */
function takeSlot(
  text: Buffer,
  start: number,
  end: number,
  wanted: WantedKeys,
  spans: readonly (JsonSpan | undefined)[],
): number {
  const slot = findWanted(text, start, end, wanted);
  if (slot !== -1 && spans[slot] !== undefined) {
    throw new RelayError('invalid_request', { path: wanted.names[slot] as string, reason: 'is there more than once' });
  }
  return slot;
}

function kindAt(text: Buffer, at: number): JsonKind {
  switch (text[at]) {
    case byte.quote:
      return 'string';
    case byte.openBrace:
      return 'object';
    case byte.openBracket:
      return 'array';
    default:
      return scalarKindAt(text, at);
  }
}
