import { byte, standsAt } from '../json/bytes.ts';
import { beforeEmptyMember, beforeNamedText, endsInEmptyText } from './tail.ts';

/** More empty members than this in one place are not stepped over. */
const maxMembers = 8;
const finishReason = '"finish_reason":null';
const annotations = Buffer.from('"annotations":[');

/**
 * What a chat chunk is, judged by how its JSON ends: a delta with some of the answer, a delta without, or anything else
 * (a finish reason, usage, an error, an unusual layout), which has to be parsed.
 *
 * @param start the first byte of the chunk's JSON
 * @param end the index behind its last byte
 */
export function plainDelta(buffer: Buffer, start: number, end: number): 'text' | 'empty' | 'other' {
  let at = end - 1;
  if (buffer[at] !== byte.closeBrace) return 'other';
  const obfuscated = beforeNamedText(buffer, start, at, 'obfuscation');
  if (obfuscated !== -1) at = obfuscated;
  at = skipEmptyMembers(buffer, start, at);
  if (buffer[at - 1] !== byte.closeBracket || buffer[at - 2] !== byte.closeBrace) return 'other';
  const choiceEnd = at - 2;
  at = skipEmptyMembers(buffer, start, choiceEnd);
  // The delta is the last member of the choice that is not empty, and the finish reason is among those that are.
  if (buffer[at - 1] !== byte.closeBrace || !hasFinishReason(buffer, at, choiceEnd)) return 'other';
  return deltaHasText(buffer, start, at - 1) ? 'text' : 'empty';
}

function skipEmptyMembers(buffer: Buffer, start: number, end: number): number {
  let at = end;
  for (let i = 0; i < maxMembers; i++) {
    const before = beforeEmptyMember(buffer, start, at);
    if (before === -1) break;
    at = before;
  }
  return at;
}

function hasFinishReason(buffer: Buffer, from: number, to: number): boolean {
  for (let at = from; at + finishReason.length <= to; at++) {
    if (buffer[at] === byte.quote && standsAt(buffer, at, to, finishReason)) return true;
  }
  return false;
}

function deltaHasText(buffer: Buffer, start: number, end: number): boolean {
  let at = skipEmptyMembers(buffer, start, end);
  if (standsAt(buffer, at - 18, at, '"role":"assistant"')) {
    at = skipEmptyMembers(buffer, start, beforeNamedText(buffer, start, at, 'role'));
  }
  if (buffer[at - 1] === byte.quote) return true;
  // A fragment of a tool call: ..."arguments":"..."}}]
  if (!standsAt(buffer, at - 4, at, '"}}]') || endsInEmptyText(buffer, at - 3)) return false;
  // A list of sources ends in the same way, and is no output. In a text, the quotes of its name would be escaped.
  const sources = buffer.indexOf(annotations, start);
  return sources === -1 || sources > end;
}
