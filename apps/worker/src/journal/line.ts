import { crc32 } from 'node:zlib';

/**
 * A line of the journal: CRC-32 of the JSON as eight hex digits, a space, the JSON, a newline. JSON.stringify escapes
 * newlines, so that the first one always ends the line.
 */
const prefixBytes = 9;
const newline = 0x0a;
const space = 0x20;
const hexDigits = Buffer.from('0123456789abcdef', 'latin1');

/** The most bytes that a line of this text can take, whatever its characters are. */
export function maxLineBytes(json: string): number {
  return prefixBytes + json.length * 3 + 1;
}

/**
 * Writes a line into `into` at `offset`; the caller has made sure of maxLineBytes(json) of room.
 * @returns the offset after it
 */
export function writeLine(into: Buffer, offset: number, json: string): number {
  const start = offset + prefixBytes;
  const end = start + into.write(json, start, 'utf8');
  let crc = crc32(into.subarray(start, end));
  for (let at = offset + 7; at >= offset; at--) {
    into[at] = hexDigits[crc & 15] as number;
    crc >>>= 4;
  }
  into[offset + 8] = space;
  into[end] = newline;
  return end + 1;
}

export interface LinesRead {
  /** The JSON texts of the good lines, in order. */
  readonly good: string[];
  /** Whole lines whose checksum does not fit. */
  readonly bad: Buffer[];
  /** Bytes after the last newline that are not padding: a write that a crash cut short. */
  readonly tornBytes: number;
}

/** Reads the lines of a segment's bytes. Zero bytes between and after lines are padding that was never written to. */
export function readLines(bytes: Buffer): LinesRead {
  const good: string[] = [];
  const bad: Buffer[] = [];
  let at = skipPadding(bytes, 0);
  while (at < bytes.length) {
    const end = bytes.indexOf(newline, at);
    if (end < 0) break;
    const line = bytes.subarray(at, end);
    if (isSound(line)) good.push(line.toString('utf8', prefixBytes));
    else bad.push(line);
    at = skipPadding(bytes, end + 1);
  }
  return { good, bad, tornBytes: bytes.length - at };
}

function isSound(line: Buffer): boolean {
  if (line.length <= prefixBytes || line[8] !== space) return false;
  const written = line.toString('latin1', 0, 8);
  return crc32(line.subarray(prefixBytes)).toString(16).padStart(8, '0') === written;
}

function skipPadding(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] === 0) at++;
  return at;
}

const idKey = '"requestId":"';

/** The request id of a line's JSON. Inside a JSON string every quote is escaped, so that the key is found nowhere else. */
export function requestIdOf(json: string): string {
  const start = json.indexOf(idKey) + idKey.length;
  return json.slice(start, json.indexOf('"', start));
}
