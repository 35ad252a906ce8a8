import { HttpFault } from './request-head.ts';

/** A chunk's size with its extensions, which nobody uses. */
const maxLineBytes = 512;
/** What may follow the last chunk. */
const maxTrailerBytes = 8 * 1024;
const maxSizeDigits = 8;
const sizeLine = /^([0-9a-fA-F]{1,8})[ \t]*(;[\t\x20-\x7e\x80-\xff]*)?$/;
const trailerLine = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*$/;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const nothing = Buffer.alloc(0);

/** What each byte is worth as a hexadecimal digit; 255 where it is none. */
const digitOf = new Uint8Array(256).fill(255);
for (const digits of ['0123456789abcdef', '0123456789ABCDEF'])
  for (let value = 0; value < 16; value++) digitOf[digits.charCodeAt(value)] = value;

type Awaited = 'size' | 'data' | 'data end' | 'trailer' | 'nothing';

/** Takes a chunked body apart as it arrives (RFC 9112, section 7.1); strict, so that nobody in between can see another end of it. */
export class ChunkedBody {
  #awaited: Awaited = 'size';
  #line = '';
  #missingBytes = 0;
  #trailerBytes = 0;
  #takenBytes = 0;

  /** The body is whole; what follows belongs to the next message. */
  get isWhole(): boolean {
    return this.#awaited === 'nothing';
  }

  /** How many of the bytes that were pushed last belong to this body and its framing. */
  get takenBytes(): number {
    return this.#takenBytes;
  }

  /**
   * Takes in what has arrived.
   * @param bytes are the callee's: many small chunks are moved together in place, so that what reads them is called once
   * @returns what they hold of the body: a part of the same memory
   * @throws HttpFault
   */
  push(bytes: Buffer): Buffer {
    let at = 0;
    let start = 0;
    let end = 0;
    while (at < bytes.length && this.#awaited !== 'nothing') {
      if (this.#awaited !== 'data') {
        at = this.#readFraming(bytes, at);
        continue;
      }
      const next = Math.min(bytes.length, at + this.#missingBytes);
      this.#missingBytes -= next - at;
      if (this.#missingBytes === 0) this.#awaited = 'data end';
      if (end === 0) start = end = at;
      else bytes.copyWithin(end, at, next);
      end += next - at;
      at = next;
    }
    this.#takenBytes = at;
    return end === 0 ? nothing : bytes.subarray(start, end);
  }

  /** Reads on between two pieces of data; returns where it went on to. */
  #readFraming(bytes: Buffer, at: number): number {
    // Nearly always all of it is there, and plain.
    if (this.#line === '') {
      if (this.#awaited === 'size') {
        const next = this.#readPlainSize(bytes, at);
        if (next > 0) return next;
      } else if (this.#awaited === 'data end' && isLineEnd(bytes, at)) {
        this.#awaited = 'size';
        return at + 2;
      }
    }
    return this.#readLine(bytes, at);
  }

  /** A size without extensions, whole with the end of its line; returns where it ends, or 0 where it is anything else. */
  #readPlainSize(bytes: Buffer, from: number): number {
    let size = 0;
    let at = from;
    for (; at < bytes.length && at - from < maxSizeDigits; at++) {
      const digit = digitOf[bytes[at] as number] as number;
      if (digit === 255) break;
      size = size * 16 + digit;
    }
    if (at === from || !isLineEnd(bytes, at)) return 0;
    this.#takeSize(size);
    return at + 2;
  }

  /** Reads on in the current line; returns where it went on to. */
  #readLine(bytes: Buffer, at: number): number {
    const found = bytes.indexOf(lineFeed, at);
    const end = found < 0 ? bytes.length : found + 1;
    if (this.#line.length + end - at > this.#maxLineBytes())
      throw new HttpFault(400, 'a chunk of the body is framed too long');
    this.#line += bytes.toString('latin1', at, end);
    if (found < 0) return end;
    const { length } = this.#line;
    if (length < 2 || this.#line.charCodeAt(length - 2) !== carriageReturn) throw badChunk();
    const line = this.#line.slice(0, -2);
    this.#line = '';
    this.#takeLine(line);
    return end;
  }

  #maxLineBytes(): number {
    if (this.#awaited === 'trailer') return maxTrailerBytes - this.#trailerBytes;
    return this.#awaited === 'data end' ? 2 : maxLineBytes;
  }

  #takeLine(line: string): void {
    if (this.#awaited === 'data end') {
      this.#awaited = 'size';
      return;
    }
    if (this.#awaited === 'size') {
      const size = sizeLine.exec(line)?.[1];
      if (size === undefined) throw badChunk();
      this.#takeSize(Number.parseInt(size, 16));
      return;
    }
    this.#trailerBytes += line.length + 2;
    if (line === '') this.#awaited = 'nothing';
    else if (!trailerLine.test(line)) throw badChunk();
  }

  #takeSize(size: number): void {
    this.#missingBytes = size;
    this.#awaited = size > 0 ? 'data' : 'trailer';
  }
}

function isLineEnd(bytes: Buffer, at: number): boolean {
  return bytes[at] === carriageReturn && bytes[at + 1] === lineFeed;
}

function badChunk(): HttpFault {
  return new HttpFault(400, 'a chunk of the body is framed wrongly');
}
