import { RelayError } from '@ai-bridge/domain';

/** Longer boundaries are not allowed (RFC 2046, 5.1.1). */
const maxBoundaryCharacters = 70;

/** What the head of one part of a form says. */
export interface PartHeader {
  readonly name: string;
  /** Set where the part is a file, though it may be ''. */
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
  /** The part is not in its plain bytes (base64, quoted-printable): long out of use, and not decoded here. */
  readonly isEncoded: boolean;
  /** Where in the header the digits of a Content-Length stand: some clients send one, and an edit has to keep it true. */
  readonly contentLength: { readonly start: number; readonly end: number } | undefined;
}

export function malformedForm(reason: string): RelayError {
  return new RelayError('invalid_request', { reason: `the body is not a valid form: ${reason}` });
}

/**
 * The boundary that a Content-Type of multipart/form-data names, with or without quotes.
 *
 * @throws RelayError invalid_request where it is another type or names no usable boundary
 */
export function multipartBoundary(contentType: string): string {
  const type = /^\s*multipart\/form-data\s*(?:;|$)/i.exec(contentType);
  if (!type) throw malformedForm('its content type is not multipart/form-data');
  const boundary = parameters(contentType.slice(type[0].length - 1)).get('boundary');
  // The characters of RFC 2046's bchars; a space may stand anywhere but at the end.
  if (!boundary || boundary.length > maxBoundaryCharacters || !/^[\w'()+,./:=? -]*[\w'()+,./:=?-]$/.test(boundary)) {
    throw malformedForm('its content type names no usable boundary');
  }
  return boundary;
}

/**
 * Reads a part's header. What two servers could read differently is refused: the upstream must see the very fields that are seen here.
 *
 * @param text the header's lines with their CRLF, one character a byte
 * @throws RelayError invalid_request where it does not name its field in one clear way
 */
export function readPartHeader(text: string): PartHeader {
  const lines = new Map<string, { value: string; start: number }>();
  let at = 0;
  for (const line of text.split('\r\n')) {
    addLine(lines, line, at);
    at += line.length + 2;
  }
  const disposition = /^form-data\s*(?=;|$)/i.exec(lines.get('content-disposition')?.value ?? '');
  if (!disposition) throw malformedForm('a part has no Content-Disposition of form-data');
  const given = parameters(disposition.input.slice(disposition[0].length));
  const name = given.get('name');
  if (name === undefined) throw malformedForm('a part has no name');
  if (name.includes('\\') || given.has('name*')) throw malformedForm('the name of a part can be read in two ways');
  const encoding = lines.get('content-transfer-encoding')?.value.toLowerCase();
  return {
    name: utf8(name),
    fileName: utf8(given.get('filename') ?? given.get('filename*')),
    contentType: lines.get('content-type')?.value,
    isEncoded: encoding !== undefined && !['7bit', '8bit', 'binary'].includes(encoding),
    contentLength: digits(lines.get('content-length')),
  };
}

function addLine(lines: Map<string, { value: string; start: number }>, line: string, at: number): void {
  const colon = line.indexOf(':');
  // No name, a folded line, or a lone CR or LF, which some servers take for the end of a line.
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(line.slice(0, Math.max(0, colon))) || /[\r\n]/.test(line)) {
    throw malformedForm('a line of a part\'s header is not "name: value"');
  }
  const name = line.slice(0, colon).toLowerCase();
  if (lines.has(name)) throw malformedForm(`a part has ${name} twice`);
  const value = line.slice(colon + 1).trim();
  lines.set(name, { value, start: at + line.indexOf(value, colon + 1) });
}

function digits(line: { value: string; start: number } | undefined): PartHeader['contentLength'] {
  return line && /^\d+$/.test(line.value) ? { start: line.start, end: line.start + line.value.length } : undefined;
}

const parameter = /\s*;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/y;

/** The parameters behind a header's value, names in lower case: `; name="a"; filename=b`. */
function parameters(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let at = 0;
  while (text.slice(at).trim().replace(/^;$/, '') !== '') {
    parameter.lastIndex = at;
    const match = parameter.exec(text);
    if (!match) throw malformedForm('the parameters of a header cannot be read');
    const name = (match[1] as string).toLowerCase();
    if (found.has(name)) throw malformedForm(`a header has ${name} twice`);
    found.set(name, match[2]?.replace(/\\(["\\])/g, '$1') ?? match[3] ?? '');
    at = parameter.lastIndex;
  }
  return found;
}

function utf8<Bytes extends string | undefined>(bytes: Bytes): Bytes {
  return (bytes && Buffer.from(bytes, 'latin1').toString()) as Bytes;
}
