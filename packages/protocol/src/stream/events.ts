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
  if (piece.length === 0) return before;
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
  const text = buffer.toString('utf8', start, contentEnd(buffer, start, end));
  let name: string | undefined;
  let data: string | undefined;
  let at = 0;
  while (at < text.length) {
    const lineFeed = text.indexOf('\n', at);
    const lineEnd = lineFeed === -1 ? text.length : lineFeed;
    const line = text.slice(at, text.charCodeAt(lineEnd - 1) === byte.carriageReturn ? lineEnd - 1 : lineEnd);
    if (line.startsWith('data:')) data = data === undefined ? fieldValue(line, 5) : `${data}\n${fieldValue(line, 5)}`;
    else if (line.startsWith('event:')) name = fieldValue(line, 6);
    at = lineEnd + 1;
  }
  return { name, data };
}

function fieldValue(line: string, from: number): string {
  return line.slice(line.charCodeAt(from) === byte.space ? from + 1 : from);
}

/** Index of the value of the field whose name and colon stand at `at`, or -1 where another field stands there. */
export function fieldValueStart(buffer: Buffer, at: number, end: number, nameAndColon: string): number {
  if (!standsAt(buffer, at, end, nameAndColon)) return -1;
  const value = at + nameAndColon.length;
  return buffer[value] === byte.space ? value + 1 : value;
}
