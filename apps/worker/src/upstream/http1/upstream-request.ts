/** What goes to an upstream. */
export interface UpstreamRequest {
  readonly method: string;
  /** With its query string. */
  readonly path: string;
  /** Names and values in turn. How long the body is, is not told here unless it comes as a stream. */
  readonly headers: readonly string[];
  /** A stream is sent at the pace that the upstream takes it in. */
  readonly body: Buffer | AsyncIterable<Uint8Array> | undefined;
}

const methodToken = /^[A-Z]{1,20}$/;
const target = /^\/[\x21-\x7e]*$/;
const fieldName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const unspeakable = /[^\t\x20-\x7e\x80-\xff]/;
/** What has a body as a rule; without one, that is said. */
const withBody = new Set(['POST', 'PUT', 'PATCH']);
/** Known names of headers, up to this many; a client that invents more pays for the check. */
const names = new Set<string>();
const maxNames = 1_000;

/**
 * The head of a request as it goes out, latin1, with the empty line that ends it.
 * @param host as the upstream is known, with its port where that is not the usual one
 * @throws RequestFault where something in it would be read as more than it is
 */
export function requestHead({ method, path, headers, body }: UpstreamRequest, host: string): string {
  if (!methodToken.test(method)) throw new RequestFault('the method is none');
  if (!target.test(path)) throw new RequestFault('the path has characters that paths cannot have');
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n`;
  let saysLength = false;
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] as string;
    const value = headers[at + 1] as string;
    if (!isName(name)) throw new RequestFault('the name of a header has characters that names cannot have');
    if (unspeakable.test(value)) throw new RequestFault(`the header ${name} has characters that headers cannot have`);
    if (name === 'content-length') {
      // Of bytes that are here it is known better.
      if (body === undefined || Buffer.isBuffer(body)) continue;
      saysLength = true;
    }
    head += `${name}: ${value}\r\n`;
  }
  return `${head}${framingOf(method, body, saysLength)}\r\n`;
}

function framingOf(method: string, body: UpstreamRequest['body'], saysLength: boolean): string {
  if (body === undefined) return withBody.has(method) ? 'content-length: 0\r\n' : '';
  if (Buffer.isBuffer(body)) return `content-length: ${body.length}\r\n`;
  return saysLength ? '' : 'transfer-encoding: chunked\r\n';
}

/** Whether a streamed body goes out in chunks: nobody has said how long it is. */
export function isChunked(headers: readonly string[]): boolean {
  for (let at = 0; at < headers.length; at += 2) if (headers[at] === 'content-length') return false;
  return true;
}

function isName(name: string): boolean {
  if (names.has(name)) return true;
  if (!fieldName.test(name)) return false;
  if (names.size < maxNames) names.add(name);
  return true;
}

/** A request that must not go out as it is. Nothing of it has. */
export class RequestFault extends Error {
  override readonly name = 'RequestFault';
  readonly code = 'REQUEST_FAULT';
}
