import { type ResponseHeaders, wantedHeaders } from '../response-headers.ts';
import { keepAliveMarginMs, keepAliveTimeoutMs } from './bounds.ts';
import { BrokenAnswerError } from './broken-answer.ts';

/** How the end of an answer's body is known: so many bytes, its chunks, or the end of the connection. */
export type AnswerFraming = number | 'chunked' | 'close';

/** The first line and the headers of an upstream's answer, understood. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** All header lines as they came. */
  readonly lines: string;
  readonly framing: AnswerFraming;
  /** How long the connection may be kept for another request; 0: not at all. */
  readonly keepAliveMs: number;
}

const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: |$)/;
/** A line break of another kind, a folded line, a blank before a colon: with any of them two readers see two messages. */
const ambiguous = /\r(?!\n)|(?<!\r)\n|\n[ \t]|\n[^:\r]*[ \t]:/;
const unspeakable = /[^\t\r\n\x20-\x7e\x80-\xff]/;
const wholeNumber = /^\d{1,15}$/;

/**
 * Reads an answer's head as RFC 9112 has it. Of what two readers could understand in two ways, nothing is accepted.
 * @param text the head as latin1, without the empty line that ends it
 * @param method of the request: what is answered to HEAD has no body
 * @throws BrokenAnswerError
 */
export function readResponseHead(text: string, method: string): ResponseHead {
  const found = text.indexOf('\r\n');
  const parts = statusLine.exec(found < 0 ? text : text.slice(0, found));
  if (!parts || ambiguous.test(text) || unspeakable.test(text))
    throw new BrokenAnswerError('the head of the answer is not HTTP/1.1');
  const status = Number(parts[2]);
  const lines = found < 0 ? '' : text.slice(found + 2);
  const headers = wantedHeaders(lines);
  const framing = framingOf(status, method, headers);
  const { connection } = headers;
  const isKept = parts[1] === '1' ? !says(connection, 'close') : says(connection, 'keep-alive');
  const mayKeep = isKept && framing !== 'close' && !(headers['transfer-encoding'] && headers['content-length']);
  return { status, headers, lines, framing, keepAliveMs: mayKeep ? keepAliveOf(headers['keep-alive']) : 0 };
}

/** RFC 9112, section 6.3. */
function framingOf(status: number, method: string, headers: ResponseHeaders): AnswerFraming {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return 0;
  const coding = headers['transfer-encoding'];
  if (coding !== undefined) {
    if (coding.toLowerCase() === 'chunked') return 'chunked';
    throw new BrokenAnswerError('the answer comes in a transfer-encoding that was not asked for');
  }
  const length = headers['content-length'];
  if (length === undefined) return 'close';
  if (!wholeNumber.test(length)) throw new BrokenAnswerError('the length of the answer is no number');
  return Number(length);
}

function says(connection: string | undefined, word: string): boolean {
  const words = connection?.toLowerCase().split(/[ \t]*,[ \t]*/);
  return words?.includes(word) ?? false;
}

/** `timeout=5, max=100`, as far as it is said. */
function keepAliveOf(hint: string | undefined): number {
  const seconds = hint === undefined ? undefined : /(?:^|[ ,;])timeout=(\d{1,6})/i.exec(hint)?.[1];
  if (seconds === undefined) return keepAliveTimeoutMs;
  return Math.min(keepAliveTimeoutMs, Math.max(0, Number(seconds) * 1_000 - keepAliveMarginMs));
}
