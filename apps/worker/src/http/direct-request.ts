import { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { RelayError } from '@ai-bridge/domain';

/** What may arrive of a body before somebody asks for it; then the connection waits. */
const maxUnclaimedBytes = 64 * 1024;
const empty = Buffer.alloc(0);

/**
 * A request whose body is taken from the parser piece by piece as it is read off the connection, without the stream machinery in
 * between: a body is always read whole here.
 */
export class DirectRequest extends IncomingMessage {
  #first: Buffer = empty;
  #more: Buffer[] | undefined;
  #bytes = 0;
  #maxBytes = 0;
  #isWhole = false;
  #stream: Readable | undefined;
  #resolve: ((body: Buffer) => void) | undefined;
  #reject: ((error: Error) => void) | undefined;

  /**
   * The body, whole; to be asked for once. Refuses an honest content-length before reading and a lying or absent one as soon as the bytes
   * exceed the bound.
   * @throws RelayError request_too_large, ClientGoneError
   */
  readBody(maxBytes: number): Promise<Buffer> {
    const declared = this.headers['content-length'];
    if (declared !== undefined && Number(declared) > maxBytes) return Promise.reject(tooLarge(maxBytes));
    this.#maxBytes = maxBytes;
    // Tells Node that the body is being read, and lets the connection go on if it waits.
    this._read(0);
    if (this.#bytes > maxBytes) return Promise.reject(tooLarge(maxBytes));
    if (this.#isWhole) return Promise.resolve(this.#takeBody());
    if (this.destroyed) return Promise.reject(new ClientGoneError());
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
    const stream = new Readable({ read: () => this._read(0) });
    this.#stream = stream;
    // Whoever reads it is told; an error that comes when nobody reads any more must not end the process.
    stream.on('error', () => {});
    if (this.#bytes > 0) stream.push(this.#takeBody());
    if (this.#isWhole) stream.push(null);
    else if (this.destroyed) stream.destroy(new ClientGoneError());
    return stream;
  }

  /** Called by Node's parser with each piece, and null at the end; false makes the connection wait. */
  override push(piece: Buffer | null): boolean {
    if (this.#stream) return this.#stream.push(piece);
    if (piece === null) {
      this.#isWhole = true;
      this.#resolve?.(this.#takeBody());
      return true;
    }
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

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.complete) {
      this.#reject?.(new ClientGoneError());
      this.#stream?.destroy(new ClientGoneError());
    }
    super._destroy(error, done);
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
