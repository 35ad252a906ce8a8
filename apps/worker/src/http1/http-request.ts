import { Readable } from 'node:stream';
import { RelayError } from '@ai-bridge/domain';
import type { RequestHead, RequestHeaders } from './request-head.ts';

/** What may arrive of a body before somebody asks for it; then the connection waits. */
const maxUnclaimedBytes = 64 * 1024;
const empty = Buffer.alloc(0);

/** Where a request's body comes from. */
export interface BodySource {
  /** Address of the other end of the connection; undefined once it is gone. */
  readonly remoteAddress: string | undefined;
  /** The body is wanted: whatever holds the client back from sending on is to end. */
  sendOn(): void;
}

/** One request of a client. Its body is asked for once, whole or as it comes. */
export class HttpRequest {
  readonly method: string;
  /** Path and query string, as sent. */
  readonly url: string;
  readonly headers: RequestHeaders;
  readonly #source: BodySource;
  #first: Buffer = empty;
  #more: Buffer[] | undefined;
  #bytes = 0;
  #maxBytes = 0;
  #isComplete = false;
  #isGone = false;
  #stream: Readable | undefined;
  #resolve: ((body: Buffer) => void) | undefined;
  #reject: ((error: Error) => void) | undefined;

  constructor(head: RequestHead, source: BodySource) {
    this.method = head.method;
    this.url = head.url;
    this.headers = head.headers;
    this.#source = source;
  }

  /** All of it has arrived. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Address of the other end of the connection: the client's, or that of a proxy in front. */
  get remoteAddress(): string | undefined {
    return this.#source.remoteAddress;
  }

  /**
   * The body, whole; at once where it is all there. Refuses an honest content-length before reading and a lying or absent one as soon as
   * the bytes exceed the bound.
   * @throws RelayError request_too_large, ClientGoneError
   */
  readBody(maxBytes: number): Buffer | Promise<Buffer> {
    const declared = this.headers['content-length'];
    if (this.#bytes > maxBytes || (declared !== undefined && Number(declared) > maxBytes)) throw tooLarge(maxBytes);
    if (this.#isComplete) return this.#takeBody();
    if (this.#isGone) throw new ClientGoneError();
    this.#maxBytes = maxBytes;
    this.#source.sendOn();
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /**
   * The body as it comes, at the pace of whoever reads it; instead of `readBody`, for bodies that are only passed on. Ends in a
   * ClientGoneError where the client leaves before its end.
   */
  streamBody(): Readable {
    const stream = new Readable({ read: () => this.#source.sendOn() });
    this.#stream = stream;
    // Whoever reads it is told; an error that comes when nobody reads any more must not end the process.
    stream.on('error', () => {});
    if (this.#bytes > 0) stream.push(this.#takeBody());
    if (this.#isComplete) stream.push(null);
    else if (this.#isGone) stream.destroy(new ClientGoneError());
    return stream;
  }

  /** Called by the connection with each piece of the body; false makes it wait until `sendOn`. */
  take(piece: Buffer): boolean {
    if (this.#stream) return this.#stream.push(piece);
    this.#bytes += piece.length;
    if (this.#resolve && this.#bytes > this.#maxBytes) {
      this.#takeBody();
      this.#reject?.(tooLarge(this.#maxBytes));
      return false;
    }
    if (this.#bytes === piece.length) this.#first = piece;
    else if (this.#more) this.#more.push(piece);
    else this.#more = [this.#first, piece];
    return this.#resolve !== undefined || this.#bytes < maxUnclaimedBytes;
  }

  /** Called by the connection when the body is whole. */
  complete(): void {
    this.#isComplete = true;
    this.#stream?.push(null);
    this.#resolve?.(this.#takeBody());
  }

  /** Called by the connection when nothing will come any more. */
  abandon(): void {
    if (this.#isComplete) return;
    this.#isGone = true;
    this.#reject?.(new ClientGoneError());
    this.#stream?.destroy(new ClientGoneError());
  }

  #takeBody(): Buffer {
    const body = this.#more ? Buffer.concat(this.#more) : this.#first;
    this.#first = empty;
    this.#more = undefined;
    return body;
  }
}

/** The client hung up before its request was whole: there is nobody to answer. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

function tooLarge(maxBytes: number): RelayError {
  return new RelayError('request_too_large', { limit: `${Math.floor(maxBytes / 1024 / 1024)} MiB` });
}
