import { type IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http';
import { type HeaderLines, headerLine, headerList } from './header-lines.ts';

/** How long an idle connection of a client is kept; told to it with every answer. */
export const keepAliveTimeoutMs = 75_000;
/** Up to this size a copy of the bytes as text, which needs no buffer of its own, is cheaper than a second piece. */
const maxTextBytes = 16 * 1024;
/** Answers without a body, which need no framing. */
const isBodiless = (status: number) => status < 200 || status === 204 || status === 304;

/**
 * A response with a short way out: head and bytes go to the socket in one write each, where Node's own way checks, stores and corks
 * them in several steps (half of what an answer costs). Connection handling stays Node's: it is told of the end by 'finish', as ever.
 * Whatever is out of the ordinary (pipelined requests, HTTP/1.0, HEAD, a connection to be closed) goes Node's own way.
 */
export class DirectResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  /** The head that the first bytes go out with. */
  #head = '';
  #isDirect = false;
  #isChunked = false;

  /** Status and headers are settled; nothing else can be answered any more. */
  get hasBegun(): boolean {
    return this.#isDirect || this.headersSent;
  }

  /**
   * Sets status and headers; they leave with the first bytes.
   * @param contentLength bytes of the body; undefined: chunked
   */
  begin(status: number, headers: HeaderLines, contentLength?: number): void {
    if (!this.#canBeDirect(status)) {
      const length = contentLength === undefined ? '' : headerLine('content-length', String(contentLength));
      this.writeHead(status, headerList(headers + length));
      return;
    }
    this.statusCode = status;
    this.#isDirect = true;
    this.#isChunked = contentLength === undefined;
    const framing = contentLength === undefined ? 'transfer-encoding: chunked' : `content-length: ${contentLength}`;
    this.#head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${headers}${framing}${headEnd()}`;
  }

  /** Sends a piece of the body; false asks to wait for 'drain'. */
  send(bytes: Buffer): boolean {
    if (!this.#isDirect) return this.write(bytes);
    return this.#put(bytes, undefined);
  }

  /** Sends the last piece and ends the response. */
  finish(bytes?: Buffer): void {
    if (!this.#isDirect) {
      this.end(bytes);
      return;
    }
    if (this.finished) return;
    this.finished = true;
    this.#put(bytes, (error) => {
      // Not before it is flushed: the connection counts as idle from here on and may be closed.
      if (!error) this.emit('finish');
    });
  }

  #put(bytes: Buffer | undefined, whenFlushed: ((error?: Error | null) => void) | undefined): boolean {
    const { socket } = this;
    if (!socket) return true;
    const length = bytes?.length ?? 0;
    const isFramed = this.#isChunked && length > 0;
    const before = isFramed ? `${this.#head}${length.toString(16)}\r\n` : this.#head;
    const last = this.#isChunked && whenFlushed ? '0\r\n\r\n' : '';
    const after = isFramed ? `\r\n${last}` : last;
    this.#head = '';
    let isTaken: boolean;
    if (length <= maxTextBytes) {
      const text = bytes ? before + bytes.toString('latin1') + after : before + after;
      isTaken = socket.write(text, 'latin1', whenFlushed);
    } else {
      socket.cork();
      if (before) socket.write(before, 'latin1');
      isTaken = socket.write(bytes as Buffer, after ? undefined : whenFlushed);
      if (after) isTaken = socket.write(after, 'latin1', whenFlushed);
      socket.uncork();
    }
    if (!isTaken && !whenFlushed) socket.once('drain', () => this.emit('drain'));
    return isTaken;
  }

  /** False where Node must do it. */
  #canBeDirect(status: number): boolean {
    const { req } = this;
    const isPlain = req.httpVersionMinor === 1 && req.httpVersionMajor === 1 && req.method !== 'HEAD';
    return isPlain && this.socket !== null && this.shouldKeepAlive && !isBodiless(status);
  }
}

let second = 0;
let end = '';

/** What every head ends with; its date changes once a second. */
function headEnd(): string {
  const now = Math.floor(Date.now() / 1_000);
  if (now !== second) {
    second = now;
    const date = new Date(now * 1_000).toUTCString();
    end = `\r\ndate: ${date}\r\nconnection: keep-alive\r\nkeep-alive: timeout=${keepAliveTimeoutMs / 1_000}\r\n\r\n`;
  }
  return end;
}
