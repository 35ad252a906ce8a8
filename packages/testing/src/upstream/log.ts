import type { IncomingHttpHeaders } from 'node:http';
import type { Script } from './script.ts';

/** Response bytes kept of one request; more are only counted. */
const maxBytesKept = 4 * 1024 * 1024;

/** What arrived at the fake upstream and how its answer went. */
export class UpstreamRequest {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly json: Record<string, unknown>;
  readonly script: Script;
  status: number | undefined;
  /** Content events written so far. */
  tokensEmitted = 0;
  bytesEmitted = 0;
  /** The answer was written to its end. */
  isFinished = false;
  /** The other side closed the connection before the answer's end. */
  isClosedEarly = false;
  readonly #sent: Buffer[] = [];

  constructor(
    method: string,
    path: string,
    headers: IncomingHttpHeaders,
    body: Buffer,
    json: Record<string, unknown>,
    script: Script,
  ) {
    this.method = method;
    this.path = path;
    this.headers = headers;
    this.body = body;
    this.json = json;
    this.script = script;
  }

  /** Whether the text stands in the body or in a header's value. */
  holds(text: string): boolean {
    return this.body.includes(text) || Object.values(this.headers).some((value) => value?.includes(text));
  }

  record(bytes: Buffer): void {
    if (this.bytesEmitted < maxBytesKept) this.#sent.push(bytes);
    this.bytesEmitted += bytes.length;
  }

  /** The response body as it was written. */
  get sent(): Buffer {
    return Buffer.concat(this.#sent);
  }
}
