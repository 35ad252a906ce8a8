import { byte, standsAt } from '../json/bytes.ts';

/** One SSE event, taken apart. */
export interface SseEvent {
  readonly name: string | undefined;
  /** All data lines, joined by line feeds; undefined where there was none (a comment). */
  readonly data: string | undefined;
}

/**
 * The index behind the blank line that ends an SSE event, or -1 where the buffer ends first. Lines end in LF or CRLF.
 *
 * @param atLineStart whether the line that goes on at `from` holds nothing yet (but a CR perhaps)
 */
export function eventEnd(buffer: Buffer, from: number, atLineStart: boolean): number {
  const size = buffer.length;
  if (atLineStart) {
    const end = blankLineEnd(buffer, from, size);
    if (end !== -1) return end;
  }
  let at = from;
  for (;;) {
    const lineFeed = buffer.indexOf(byte.lineFeed, at);
    if (lineFeed === -1) return -1;
    at = lineFeed + 1;
    const end = blankLineEnd(buffer, at, size);
    if (end !== -1) return end;
    if (at >= size) return -1;
  }
}

function blankLineEnd(buffer: Buffer, at: number, size: number): number {
  if (at >= size) return -1;
  if (buffer[at] === byte.lineFeed) return at + 1;
  if (buffer[at] === byte.carriageReturn && at + 1 < size && buffer[at + 1] === byte.lineFeed) return at + 2;
  return -1;
}

/** Whether the line that a piece of an event breaks off in holds nothing yet; `before` is the same of what preceded it. */
export function endsAtLineStart(piece: Buffer, before: boolean): boolean {
  const last = piece[piece.length - 1];
  if (last === byte.lineFeed) return true;
  if (last !== byte.carriageReturn) return false;
  return piece.length === 1 ? before : piece[piece.length - 2] === byte.lineFeed;
}

/** Index behind the last byte of an event that is no line end. */
export function contentEnd(buffer: Buffer, start: number, end: number): number {
  let at = end;
  while (at > start && (buffer[at - 1] === byte.lineFeed || buffer[at - 1] === byte.carriageReturn)) at--;
  return at;
}

/** Takes any event apart, in whatever order its lines stand. For the few events that are worth it. */
export function parseEvent(buffer: Buffer, start: number, end: number): SseEvent {
  let name: string | undefined;
  let data: string | undefined;
  for (const line of buffer.toString('utf8', start, end).split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') name = value;
    else if (field === 'data') data = data === undefined ? value : `${data}\n${value}`;
  }
  return { name, data };
}

/** Index of the value of the field whose name and colon stand at `at`, or -1 where another field stands there. */
export function fieldValueStart(buffer: Buffer, at: number, end: number, nameAndColon: string): number {
  if (!standsAt(buffer, at, end, nameAndColon)) return -1;
  const value = at + nameAndColon.length;
  return buffer[value] === byte.space ? value + 1 : value;
}
