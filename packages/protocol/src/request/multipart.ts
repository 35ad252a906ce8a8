import { isUtf8 } from 'node:buffer';
import { RelayError } from '@ai-bridge/domain';
import { malformedForm, type PartHeader, readPartHeader } from './multipart-header.ts';

/**
 * How far into a form fields are looked for. Files may stand before them: many clients send them in the order in which a program named them, and
 * the largest sound that OpenAI takes is 25 MB.
 */
export const maxFormHeadBytes = 32 * 1024 * 1024;
/** A longer field is skipped: none that the relay acts on is long. */
export const maxFormFieldBytes = 4_096;
const maxPartHeaderBytes = 8_192;
/** White space that may stand behind a boundary. */
const maxPaddingBytes = 128;
const maxFields = 256;

/** Fields that the relay or a price may depend on. They may be there once, as plain text: servers differ in which of two they obey. */
const soleFields = new Set(['model', 'stream', 'purpose', 'response_format', 'n', 'size', 'quality', 'seconds']);

/** A field of plain text. Its value's bytes are [start, end) of the body. */
export interface FormField {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Where the digits of the part's own Content-Length stand, if it has one. */
  readonly contentLength: { readonly start: number; readonly end: number } | undefined;
}

export interface FormFile {
  readonly name: string;
  readonly fileName: string;
  readonly contentType: string | undefined;
}

type State = 'opening' | 'boundary' | 'header' | 'content' | 'field' | 'skipping' | 'closed';

/**
 * Reads the text fields of a multipart/form-data body (RFC 7578) from its bytes as they arrive, cut anywhere. It keeps none of the bytes but
 * those of an unfinished header or field, so it can watch a body of any size go by: a second `model` behind a large file is refused too.
 * Only what every server reads in the same way is accepted.
 */
export class MultipartReader {
  readonly #opening: Buffer;
  /** What ends a part. */
  readonly #delimiter: Buffer;
  readonly #fields: FormField[] = [];
  readonly #files: FormFile[] = [];
  readonly #seen = new Set<string>();
  readonly #maxHeadBytes: number;
  #state: State = 'opening';
  #window: Buffer = Buffer.alloc(0);
  /** Offset of the window in the body. */
  #offset = 0;
  #part: PartHeader | undefined;
  #partOffset = 0;
  #isSkipped = false;

  /** @param boundary as multipartBoundary has it */
  constructor(boundary: string, maxHeadBytes = maxFormHeadBytes) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
    this.#opening = this.#delimiter.subarray(2);
    this.#maxHeadBytes = maxHeadBytes;
  }

  /** The fields that are whole by now, in their order. */
  get fields(): readonly FormField[] {
    return this.#fields;
  }

  /** The files that have begun by now. */
  get files(): readonly FormFile[] {
    return this.#files;
  }

  /** The form has ended; what follows is nobody's business. */
  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  /** The first field of that name. */
  field(name: string): FormField | undefined {
    return this.#fields.find((field) => field.name === name);
  }

  /** Whether more bytes may yet tell one of these fields; false where all are there, the form has ended or its head is over. */
  awaits(...names: string[]): boolean {
    if (this.isClosed || this.#offset + this.#window.length >= this.#maxHeadBytes) return false;
    return names.some((name) => this.field(name) === undefined);
  }

  /** @throws RelayError invalid_request where the form is malformed or ambiguous */
  feed(chunk: Buffer): void {
    if (this.isClosed) return;
    this.#window = this.#window.length === 0 ? chunk : Buffer.concat([this.#window, chunk]);
    while (this.#step());
  }

  /**
   * The body has ended.
   *
   * @throws RelayError invalid_request where the form has not
   */
  end(): void {
    if (!this.isClosed) throw malformedForm('it ends before its last boundary');
  }

  /** One step further; false where it takes more bytes. */
  #step(): boolean {
    switch (this.#state) {
      case 'opening':
        return this.#open();
      case 'boundary':
        return this.#passBoundary();
      case 'header':
        return this.#passHeader();
      case 'content':
        return this.#beginContent();
      case 'field':
        return this.#passField();
      case 'skipping':
        return this.#skip();
      case 'closed':
        this.#take(this.#window.length);
        return false;
    }
  }

  #take(bytes: number): void {
    this.#window = this.#window.subarray(bytes);
    this.#offset += bytes;
  }

  /** A form begins with its boundary; text before it, which mail has, is read differently by different servers. */
  #open(): boolean {
    const window = this.#window;
    const expected = window[0] === 0x0d ? this.#delimiter : this.#opening;
    const known = Math.min(window.length, expected.length);
    if (window.compare(expected, 0, known, 0, known) !== 0) throw malformedForm('it does not begin with its boundary');
    if (known < expected.length) return false;
    this.#take(expected.length);
    this.#state = 'boundary';
    return true;
  }

  /** Behind a boundary: two dashes end the form, an end of line begins a part. */
  #passBoundary(): boolean {
    const rest = this.#window.toString('latin1', 0, maxPaddingBytes);
    if (rest.startsWith('--')) {
      this.#state = 'closed';
      return true;
    }
    const line = /^[ \t]*\r\n/.exec(rest);
    if (line) {
      this.#take(line[0].length);
      this.#state = 'header';
      return true;
    }
    if (rest.length >= maxPaddingBytes || !/^(-|[ \t]*\r?)$/.test(rest))
      throw malformedForm('a boundary is followed by other text');
    return false;
  }

  #passHeader(): boolean {
    const end = this.#window.indexOf('\r\n\r\n');
    if (end === -1 ? this.#window.length > maxPartHeaderBytes : end > maxPartHeaderBytes) {
      throw malformedForm('the header of a part is too long');
    }
    if (end === -1) return false;
    const part = readPartHeader(this.#window.toString('latin1', 0, end));
    this.#beginPart(part);
    this.#partOffset = this.#offset;
    this.#take(end + 4);
    return true;
  }

  #beginPart(part: PartHeader): void {
    const { name, fileName, contentType } = part;
    if (soleFields.has(name)) this.#checkSole(part);
    const isFile = fileName !== undefined;
    if (isFile && this.#files.length < maxFields) this.#files.push({ name, fileName, contentType });
    this.#part = part;
    this.#isSkipped = isFile || part.isEncoded || !this.#hasRoomFor(name);
    this.#state = 'content';
  }

  #checkSole({ name, fileName, isEncoded }: PartHeader): void {
    if (this.#seen.has(name)) throw badField(name, 'is there more than once');
    if (fileName !== undefined || isEncoded) throw badField(name, 'must be a field of plain text');
    if (this.#offset >= this.#maxHeadBytes) throw badField(name, 'must stand ahead of large files');
    this.#seen.add(name);
  }

  #hasRoomFor(name: string): boolean {
    return soleFields.has(name) || (this.#fields.length < maxFields && this.#offset < this.#maxHeadBytes);
  }

  /** A boundary right behind a header ends the part for some servers and is its content for others. */
  #beginContent(): boolean {
    const known = Math.min(this.#window.length, this.#opening.length);
    if (this.#window.compare(this.#opening, 0, known, 0, known) === 0) {
      if (known < this.#opening.length) return false;
      throw malformedForm('a part has no content, not even an empty one');
    }
    this.#state = this.#isSkipped ? 'skipping' : 'field';
    return true;
  }

  #passField(): boolean {
    const end = this.#findDelimiter();
    if (end === -1 ? this.#window.length <= maxFormFieldBytes + this.#delimiter.length : end <= maxFormFieldBytes) {
      if (end === -1) return false;
      this.#addField(end);
      this.#endPart(end);
      return true;
    }
    const name = this.#part?.name ?? '';
    if (soleFields.has(name)) throw badField(name, 'is too long');
    this.#state = 'skipping';
    return true;
  }

  #addField(length: number): void {
    const { name, contentLength } = this.#part as PartHeader;
    const bytes = this.#window.subarray(0, length);
    if (!isUtf8(bytes)) {
      if (soleFields.has(name)) throw badField(name, 'is not valid UTF-8');
      return;
    }
    const from = this.#partOffset;
    this.#fields.push({
      name,
      value: bytes.toString(),
      start: this.#offset,
      end: this.#offset + length,
      contentLength: contentLength && { start: from + contentLength.start, end: from + contentLength.end },
    });
  }

  #skip(): boolean {
    const end = this.#findDelimiter();
    if (end !== -1) {
      this.#endPart(end);
      return true;
    }
    // The window's last bytes may be the beginning of a boundary.
    this.#take(Math.max(0, this.#window.length - this.#delimiter.length + 1));
    return false;
  }

  #endPart(length: number): void {
    this.#take(length + this.#delimiter.length);
    this.#state = 'boundary';
  }

  #findDelimiter(): number {
    return this.#window.indexOf(this.#delimiter);
  }
}

function badField(path: string, reason: string): RelayError {
  return new RelayError('invalid_request', { path, reason });
}

/**
 * Sets another value in the first bytes of a form and leaves every other byte as it is.
 *
 * @param head the body from its first byte, at least to the field's end
 * @param value of one line, so that it cannot end the part
 * @returns the edited bytes, whose length may differ: the request's Content-Length has to differ as much
 */
export function setFormField(head: Buffer, field: FormField, value: string): Buffer {
  if (value === field.value) return head;
  if (/[\r\n]/.test(value)) throw new RangeError('the value of a form field must be one line');
  const bytes = Buffer.from(value);
  const { contentLength } = field;
  const beforeValue = contentLength
    ? [
        head.subarray(0, contentLength.start),
        Buffer.from(String(bytes.length)),
        head.subarray(contentLength.end, field.start),
      ]
    : [head.subarray(0, field.start)];
  return Buffer.concat([...beforeValue, bytes, head.subarray(field.end)]);
}
