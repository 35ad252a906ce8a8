import { withoutBlanks } from './without-blanks.ts';

/** Headers by lower-case name; a name that came several times has its values joined as lists are. */
export type RequestHeaders = Readonly<Record<string, string | undefined>>;

/** How the end of a request's body is known: so many bytes (0: there is none), or chunked. */
export type BodyFraming = number | 'chunked';

/** A request's first line and headers, understood. */
export interface RequestHead {
  readonly method: string;
  /** Path and query string, as sent. */
  readonly url: string;
  /** 0 or 1, of HTTP/1.x. */
  readonly minorVersion: number;
  readonly headers: RequestHeaders;
  readonly framing: BodyFraming;
  /** The client wants to be told to go on before it sends its body. */
  readonly expectsContinue: boolean;
  /** The connection may carry another request after this one. */
  readonly mayKeepAlive: boolean;
}

/** A message that is not HTTP as we speak it. Nothing that follows it on its connection can be trusted. */
export class HttpFault extends Error {
  override readonly name = 'HttpFault';
  readonly status: number;

  /** @param message goes to the client: what is wrong, never what was sent */
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const requestLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,32}) ([\x21-\x7e]+) HTTP\/1\.([01])$/;
const otherVersion = /^[A-Z]+ \S+ HTTP\/(?!1\.[01])\d(\.\d)?$/;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const unspeakable = /[^\t\x20-\x7e\x80-\xff]/;
const wholeNumber = /^\d{1,15}$/;
/** Of these the first one counts and the rest says nothing (what Node does, too). */
const single = new Set([
  'authorization',
  'content-type',
  'from',
  'if-modified-since',
  'if-unmodified-since',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'user-agent',
]);
/** Two of these make it a matter of taste where a message ends or whom it is for, and somebody in front of us may have another one. */
const neverTwice = new Set(['content-length', 'host', 'transfer-encoding']);

/** An object without a prototype, which headers named like its members cannot reach; made by a constructor, as those stay fast. */
const Headers = function Headers() {} as unknown as new () => Record<string, string | undefined>;
Headers.prototype = Object.create(null);

/**
 * Reads a request's head as RFC 9112 has it, without any of the leniencies that let two servers disagree on where a message ends: lines
 * end in CR LF, nothing is folded, names are tokens right before their colon, lengths are digits and said once.
 * @param text the head as latin1, without the empty line that ends it
 * @throws HttpFault
 */
export function readRequestHead(text: string): RequestHead {
  const lineEnd = text.indexOf('\r\n');
  const line = lineEnd < 0 ? text : text.slice(0, lineEnd);
  const parts = requestLine.exec(line);
  if (!parts) {
    if (otherVersion.test(line)) throw new HttpFault(505, 'only HTTP/1.0 and HTTP/1.1 are spoken here');
    throw new HttpFault(400, 'the request line cannot be understood');
  }
  const headers = lineEnd < 0 ? new Headers() : readHeaders(text, lineEnd + 2);
  const minorVersion = parts[3] === '1' ? 1 : 0;
  if (minorVersion === 1 && headers.host === undefined) throw new HttpFault(400, 'the host header is missing');
  return {
    method: parts[1] as string,
    url: originForm(parts[2] as string),
    minorVersion,
    headers,
    framing: framingOf(headers, minorVersion),
    expectsContinue: expectsContinue(headers.expect, minorVersion),
    mayKeepAlive: minorVersion === 1 && !saysClose(headers.connection),
  };
}

function readHeaders(text: string, from: number): Record<string, string | undefined> {
  const headers = new Headers();
  let start = from;
  while (start < text.length) {
    const found = text.indexOf('\r\n', start);
    const end = found < 0 ? text.length : found;
    const colon = text.indexOf(':', start);
    if (colon < 0 || colon >= end) throw new HttpFault(400, 'a header has no colon');
    addHeader(headers, fieldName(text.slice(start, colon)), fieldValue(text, colon + 1, end));
    start = end + 2;
  }
  return headers;
}

function addHeader(headers: Record<string, string | undefined>, name: string, value: string): void {
  const before = headers[name];
  if (before === undefined) headers[name] = value;
  else if (neverTwice.has(name)) throw new HttpFault(400, `the header ${name} was sent twice`);
  else if (!single.has(name)) headers[name] = `${before}${name === 'cookie' ? '; ' : ', '}${value}`;
}

/** Names as they were sent, by the lower-case form they are known as. */
const names = new Map<string, string>();
/** Names are remembered up to this many and this long; a client that invents more pays for the check. */
const maxRemembered = 1_000;
const maxRememberedLength = 64;

function fieldName(sent: string): string {
  const known = names.get(sent);
  if (known !== undefined) return known;
  if (!token.test(sent)) throw new HttpFault(400, 'the name of a header has characters that names cannot have');
  const name = sent.toLowerCase();
  if (names.size < maxRemembered && sent.length <= maxRememberedLength) names.set(sent, name);
  return name;
}

function fieldValue(text: string, from: number, to: number): string {
  const value = withoutBlanks(text, from, to);
  if (unspeakable.test(value)) throw new HttpFault(400, 'a header has characters that headers cannot have');
  return value;
}

function framingOf(headers: RequestHeaders, minorVersion: number): BodyFraming {
  const length = headers['content-length'];
  const coding = headers['transfer-encoding'];
  if (coding !== undefined) {
    if (length !== undefined) throw new HttpFault(400, 'a body has a length or is chunked, never both');
    if (minorVersion === 0) throw new HttpFault(400, 'HTTP/1.0 has no transfer-encoding');
    if (coding.toLowerCase() !== 'chunked')
      throw new HttpFault(501, 'the only transfer-encoding known here is chunked');
    return 'chunked';
  }
  if (length === undefined) return 0;
  if (!wholeNumber.test(length)) throw new HttpFault(400, 'content-length is not a number of bytes');
  return Number(length);
}

function expectsContinue(expect: string | undefined, minorVersion: number): boolean {
  if (expect === undefined || minorVersion === 0) return false;
  if (expect.toLowerCase() !== '100-continue')
    throw new HttpFault(417, 'the only expectation known here is 100-continue');
  return true;
}

function saysClose(connection: string | undefined): boolean {
  return connection !== undefined && /(^|,)\s*close\s*(,|$)/i.test(connection);
}

/** Clients of proxies name the whole URL; what it leads to here is its path. */
function originForm(target: string): string {
  if (target.charCodeAt(0) === 0x2f) return target;
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1];
  if (path === undefined) return target;
  return path.startsWith('/') ? path : `/${path}`;
}
