import { byte, standsAt } from '../json/bytes.ts';

/*
 * Looking at the end of an event's JSON tells most deltas from everything else without parsing: serializers write the
 * same few empty members behind the text every time. These functions step back over such members. Each takes the index
 * behind a member and returns the index behind what precedes it (its comma left out as well), or -1.
 */

/** Longer keys are not stepped over. */
const maxKeyBytes = 40;

/** Steps back over `"key":null`, `"key":""` and `"key":[]`. */
export function beforeEmptyMember(buffer: Buffer, start: number, end: number): number {
  const last = buffer[end - 1];
  let valueStart: number;
  if (last === 0x6c && standsAt(buffer, end - 4, end, 'null')) valueStart = end - 4;
  else if (last === byte.quote && buffer[end - 2] === byte.quote) valueStart = end - 2;
  else if (last === byte.closeBracket && buffer[end - 2] === byte.openBracket) valueStart = end - 2;
  else return -1;
  return beforeKey(buffer, start, valueStart);
}

/** Steps back over `"name":"value"`, for values that hold no quote and names that mean nothing to metering. */
export function beforeNamedText(buffer: Buffer, start: number, end: number, name: string): number {
  if (buffer[end - 1] !== byte.quote) return -1;
  const open = buffer.lastIndexOf(byte.quote, end - 2);
  const key = `"${name}":`;
  if (open - key.length <= start || !standsAt(buffer, open - key.length, end, key)) return -1;
  return withoutComma(buffer, open - key.length);
}

/** Whether the last member's value is `""`. */
export function endsInEmptyText(buffer: Buffer, end: number): boolean {
  return buffer[end - 1] === byte.quote && buffer[end - 2] === byte.quote && buffer[end - 3] === byte.colon;
}

/** @param valueStart where the value begins; its colon and key must stand right before it */
function beforeKey(buffer: Buffer, start: number, valueStart: number): number {
  if (buffer[valueStart - 1] !== byte.colon || buffer[valueStart - 2] !== byte.quote) return -1;
  const lowest = Math.max(start, valueStart - maxKeyBytes);
  let at = valueStart - 3;
  while (at > lowest && buffer[at] !== byte.quote) at--;
  return buffer[at] === byte.quote ? withoutComma(buffer, at) : -1;
}

function withoutComma(buffer: Buffer, at: number): number {
  return buffer[at - 1] === byte.comma ? at - 1 : at;
}
