import { HttpFault } from './request-head.ts';

/** A chunk's size with its extensions, which nobody uses. */
const maxLineBytes = 512;
/** What may follow the last chunk. */
const maxTrailerBytes = 8 * 1024;
const sizeLine = /^([0-9a-fA-F]{1,8})[ \t]*(;[\t\x20-\x7e\x80-\xff]*)?$/;
const trailerLine = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*$/;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

type Awaited = 'size' | 'data' | 'data end' | 'trailer' | 'nothing';

/** Takes a chunked body apart as it arrives (RFC 9112, section 7.1); strict, so that nobody in front can see another end of it. */
export class ChunkedBody {
  #awaited: Awaited = 'size';
  #line = '';
  #missingBytes = 0;
  #trailerBytes = 0;

  /** The body is whole; what follows belongs to the next request. */
  get isWhole(): boolean {
    return this.#awaited === 'nothing';
  }

  /**
   * Takes in what has arrived.
   * @param onPiece is given each piece of the body
   * @returns how many of the bytes belong to this body
   * @throws HttpFault
   */
  push(bytes: Buffer, onPiece: (piece: Buffer) => void): number {
    let at = 0;
    while (at < bytes.length && this.#awaited !== 'nothing') {
      if (this.#awaited === 'data') {
        const end = Math.min(bytes.length, at + this.#missingBytes);
        this.#missingBytes -= end - at;
        if (this.#missingBytes === 0) this.#awaited = 'data end';
        onPiece(bytes.subarray(at, end));
        at = end;
      } else at = this.#readLine(bytes, at);
    }
    return at;
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
      this.#missingBytes = Number.parseInt(size, 16);
      this.#awaited = this.#missingBytes > 0 ? 'data' : 'trailer';
      return;
    }
    this.#trailerBytes += line.length + 2;
    if (line === '') this.#awaited = 'nothing';
    else if (!trailerLine.test(line)) throw badChunk();
  }
}

function badChunk(): HttpFault {
  return new HttpFault(400, 'a chunk of the body is framed wrongly');
}
