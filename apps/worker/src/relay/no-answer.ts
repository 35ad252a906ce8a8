import type { Protocol } from '@ai-bridge/domain';
import { readBodyError } from '@ai-bridge/protocol';

const errorKey = Buffer.from('"error"');
const brackets = new Map([
  [0x7b, 0x7d],
  [0x5b, 0x5d],
]);
/** Names in an upstream's hand are kept up to this length. */
const maxNameCharacters = 80;

/**
 * Why the whole body of a 200 is no answer of a protocol that answers in JSON: nothing in it, not JSON, or an error. A glance
 * at both ends and for the word is enough, so that answers need not be parsed.
 *
 * @returns undefined where it is an answer; else plain words for staff
 */
export function whyNoAnswer(protocol: Protocol, body: Buffer): string | undefined {
  let start = 0;
  let end = body.length;
  while (start < end && isSpace(body[start])) start++;
  while (end > start && isSpace(body[end - 1])) end--;
  if (start === end) return 'the body is empty';
  if (brackets.get(body[start] as number) !== body[end - 1]) return 'the body is not JSON';
  if (!body.includes(errorKey)) return undefined;
  const error = readBodyError(protocol, 200, body);
  return error && `an error with status 200: ${error.type.slice(0, maxNameCharacters)}`;
}

/** Why a content type cannot be that of an answer in JSON or an event stream. */
export function wrongContentType(type: string): string {
  return type === '' ? 'no content type' : `content type ${type.slice(0, maxNameCharacters)}`;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
