import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { keepAliveTimeoutMs } from './bounds.ts';
import type { HeaderLines } from './header-lines.ts';

const noBytes = Buffer.alloc(0);
/** Up to this size a copy of the bytes as text, which needs no buffer of its own, is cheaper than a second piece. */
const maxTextBytes = 16 * 1024;
/** Answers without a body, which need no framing. */
const isBodiless = (status: number) => status === 204 || status === 304;

/** The connection that a response goes out on. */
export interface ResponseChannel {
  readonly socket: Socket;
  /** The request has arrived whole, so that where the next one begins is known. */
  readonly isRequestComplete: boolean;
  /** The response has left whole. */
  responseLeft(isLastOfConnection: boolean): void;
}

/** What a response needs to know of the request that it answers. */
export interface AnsweredRequest {
  readonly isHead: boolean;
  readonly minorVersion: number;
  readonly mayKeepAlive: boolean;
}

/** How the end of a body is told. */
type Framing = 'chunked' | 'length' | 'by closing' | 'none';

/** One answer to a client: head and bytes go to the socket in one write each. */
export class HttpResponse {
  readonly #channel: ResponseChannel;
  readonly #asked: AnsweredRequest;
  #status = 0;
  /** The head that the first bytes go out with. */
  #head = '';
  #framing: Framing = 'none';
  #keepsAlive: boolean;
  #isFinished = false;
  #isGone = false;
  #isClosed = false;
  #onGone: (() => void)[] | undefined;
  #onClosed: (() => void) | undefined;
  #onDrained: (() => void) | undefined;

  constructor(channel: ResponseChannel, asked: AnsweredRequest) {
    this.#channel = channel;
    this.#asked = asked;
    this.#keepsAlive = asked.mayKeepAlive;
  }

  /** The status, once the response has begun; 0 before. */
  get status(): number {
    return this.#status;
  }

  /** Status and headers are settled; nothing else can be answered any more. */
  get hasBegun(): boolean {
    return this.#status !== 0;
  }

  /** The last bytes have been written. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** The client left, or was cut off, before all of the response had left. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** The connection is to carry nothing more after this response; to be said before it begins. */
  closeAfterwards(): void {
    this.#keepsAlive = false;
  }

  /**
   * Sets status and headers; they leave with the first bytes.
   * @param contentLength bytes of the body; undefined: it ends when it ends
   */
  begin(status: number, headers: HeaderLines, contentLength?: number): void {
    if (this.hasBegun) throw new Error('the response has begun already');
    this.#status = status;
    const { isHead, minorVersion } = this.#asked;
    if (isBodiless(status)) this.#framing = 'none';
    else if (contentLength !== undefined) this.#framing = 'length';
    else this.#framing = minorVersion === 1 ? 'chunked' : 'by closing';
    // Where half a request is still on its way nobody knows where the next one begins.
    if (this.#framing === 'by closing' || !this.#channel.isRequestComplete) this.#keepsAlive = false;
    this.#head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${headers}${this.#framingLine(contentLength)}${headEnd(this.#keepsAlive)}`;
    if (isHead) this.#framing = 'none';
  }

  #framingLine(contentLength: number | undefined): HeaderLines {
    if (this.#framing === 'length') return `content-length: ${contentLength}\r\n`;
    return this.#framing === 'chunked' ? 'transfer-encoding: chunked\r\n' : '';
  }

  /** Sends a piece of the body, bytes or text; false asks to wait for `whenDrained`. */
  send(piece: Buffer | string): boolean {
    return this.#isGone || this.#isFinished ? true : this.#write(piece, false);
  }

  /** Sends the last piece and ends the response. */
  finish(piece: Buffer | string = noBytes): void {
    if (this.#isGone || this.#isFinished) return;
    this.#isFinished = true;
    this.#write(piece, true);
    const { socket } = this.#channel;
    // It counts as having left only when the kernel has all of it: the connection may be closed from then on.
    if (socket.writableLength === 0) this.#left();
    else socket.write('', () => this.#left());
  }

  /** A whole answer of one piece. */
  answer(status: number, headers: HeaderLines, body: Buffer | string): void {
    this.begin(status, headers, Buffer.byteLength(body));
    this.finish(body);
  }

  /** Cuts the connection: what has gone out must not look like a whole answer. */
  destroy(): void {
    this.#channel.socket.destroy();
  }

  /** Calls once where the client leaves before the response has left whole; at once where it has left already. */
  whenGone(listener: () => void): void {
    if (this.#isGone) listener();
    else if (this.#onGone) this.#onGone.push(listener);
    else this.#onGone = [listener];
  }

  /** Calls once when the response is over: it has left whole, or the client is gone. There is one who asks. */
  whenClosed(listener: () => void): void {
    this.#onClosed = listener;
  }

  /** Calls once when the client has taken what was written, or is gone. There is one who waits. */
  whenDrained(listener: () => void): void {
    if (this.#isGone) listener();
    else this.#onDrained = listener;
  }

  /** Called by the connection when the client has taken what was written. */
  drained(): void {
    const listener = this.#onDrained;
    this.#onDrained = undefined;
    listener?.();
  }

  /** Called by the connection when it has broken. */
  gone(): void {
    if (this.#isClosed) return;
    this.#isGone = true;
    this.drained();
    for (const listener of this.#onGone ?? []) listener();
    this.#closed();
  }

  #left(): void {
    // A callback of a socket that was destroyed: `gone` has been told.
    if (this.#isClosed || this.#channel.socket.destroyed) return;
    this.#closed();
    this.#channel.responseLeft(!this.#keepsAlive);
  }

  #closed(): void {
    this.#isClosed = true;
    this.#onGone = undefined;
    this.#onClosed?.();
  }

  #write(piece: Buffer | string, isLast: boolean): boolean {
    const length = this.#framing === 'none' ? 0 : Buffer.byteLength(piece);
    const isChunked = this.#framing === 'chunked';
    const isFramed = isChunked && length > 0;
    const before = isFramed ? `${this.#head}${length.toString(16)}\r\n` : this.#head;
    const last = isChunked && isLast ? '0\r\n\r\n' : '';
    const after = isFramed ? `\r\n${last}` : last;
    this.#head = '';
    const { socket } = this.#channel;
    if (length === 0) return before || after ? socket.write(before + after, 'latin1') : true;
    const text = asLatin1(piece, length);
    if (text !== undefined) return socket.write(before + text + after, 'latin1');
    socket.cork();
    if (before) socket.write(before, 'latin1');
    let isTaken = socket.write(piece);
    if (after) isTaken = socket.write(after, 'latin1');
    socket.uncork();
    return isTaken;
  }
}

/** The piece as text that has a character for every byte, where that is the cheapest way to send it. */
function asLatin1(piece: Buffer | string, bytes: number): string | undefined {
  if (typeof piece !== 'string') return bytes <= maxTextBytes ? piece.toString('latin1') : undefined;
  // As many bytes as characters: plain ASCII.
  return piece.length === bytes ? piece : undefined;
}

let second = 0;
let date = '';

/** What every head ends with; its date changes once a second. */
function headEnd(keepsAlive: boolean): string {
  const now = Math.floor(Date.now() / 1_000);
  if (now !== second) {
    second = now;
    date = `date: ${new Date(now * 1_000).toUTCString()}\r\n`;
  }
  return keepsAlive ? date + keepAliveEnd : date + closeEnd;
}

const keepAliveEnd = `connection: keep-alive\r\nkeep-alive: timeout=${keepAliveTimeoutMs / 1_000}\r\n\r\n`;
const closeEnd = 'connection: close\r\n\r\n';
