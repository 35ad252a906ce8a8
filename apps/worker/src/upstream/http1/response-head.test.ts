import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepAliveTimeoutMs } from './bounds.ts';
import { BrokenAnswerError } from './broken-answer.ts';
import { readResponseHead } from './response-head.ts';

const head = (...lines: readonly string[]) => lines.join('\r\n');
const read = (text: string, method = 'POST') => readResponseHead(text, method);

test('status, headers and the end of the body are read', () => {
  const lines = head('Content-Type: text/plain', 'Content-Length: 12');
  expect(read(head('HTTP/1.1 200 OK', lines))).toEqual({
    status: 200,
    headers: { 'content-type': 'text/plain', 'content-length': '12' },
    lines,
    framing: 12,
    keepAliveMs: keepAliveTimeoutMs,
  });
});

test.each([
  ['a length', head('HTTP/1.1 200 OK', 'content-length: 0'), 'POST', 0],
  ['chunks', head('HTTP/1.1 200 OK', 'Transfer-Encoding: Chunked'), 'POST', 'chunked'],
  [
    'chunks, whatever length is said beside',
    head('HTTP/1.1 200 OK', 'transfer-encoding: chunked', 'content-length: 3'),
    'POST',
    'chunked',
  ],
  ['the end of the connection', 'HTTP/1.1 200 OK', 'POST', 'close'],
  ['nothing for HEAD', head('HTTP/1.1 200 OK', 'content-length: 9'), 'HEAD', 0],
  ['nothing for 204', head('HTTP/1.1 204 No Content', 'transfer-encoding: chunked'), 'POST', 0],
  ['nothing for 304', head('HTTP/1.1 304 Not Modified', 'content-length: 9'), 'GET', 0],
  ['nothing for 1xx', 'HTTP/1.1 103 Early Hints', 'POST', 0],
] as const)('a body ends by %s', (_, text, method, framing) => {
  expect(read(text, method).framing).toBe(framing);
});

test.each([
  ['kept as long as we keep it', head('HTTP/1.1 200', 'content-length: 0'), keepAliveTimeoutMs],
  [
    'kept a second less than the server says',
    head('HTTP/1.1 200', 'content-length: 0', 'keep-alive: timeout=5, max=9'),
    4_000,
  ],
  [
    'kept no longer than we do, whatever it says',
    head('HTTP/1.1 200', 'content-length: 0', 'keep-alive: timeout=99999'),
    keepAliveTimeoutMs,
  ],
  ['not kept for a second', head('HTTP/1.1 200', 'content-length: 0', 'keep-alive: timeout=1'), 0],
  ['closed where the server says so', head('HTTP/1.1 200', 'content-length: 0', 'Connection: x, Close'), 0],
  ['closed by HTTP/1.0', head('HTTP/1.0 200', 'content-length: 0'), 0],
  [
    'kept by HTTP/1.0 that says so',
    head('HTTP/1.0 200', 'content-length: 0', 'connection: keep-alive'),
    keepAliveTimeoutMs,
  ],
  ['closed where its end is the answer’s', 'HTTP/1.1 200 OK', 0],
  ['closed behind two ends', head('HTTP/1.1 200', 'transfer-encoding: chunked', 'content-length: 3'), 0],
] as const)('a connection is %s', (_, text, keepAliveMs) => {
  expect(read(text).keepAliveMs).toBe(keepAliveMs);
});

test.each([
  ['another protocol', 'SSH-2.0-x'],
  ['another version', 'HTTP/2.0 200 OK'],
  ['a status of two digits', 'HTTP/1.1 20 OK'],
  ['a status of four digits', 'HTTP/1.1 2000 OK'],
  ['a line feed alone', head('HTTP/1.1 200 OK', 'a: b\nc: d')],
  ['a carriage return alone', head('HTTP/1.1 200 OK', 'a: b\rc: d')],
  ['a folded line', head('HTTP/1.1 200 OK', 'a: b', ' c')],
  ['a blank before the colon', head('HTTP/1.1 200 OK', 'content-length : 4')],
  ['a NUL', head('HTTP/1.1 200 OK', 'a: \0')],
  ['a line without a colon', head('HTTP/1.1 200 OK', 'a')],
  ['a header without a name', head('HTTP/1.1 200 OK', ': a')],
  ['a length that is no number', head('HTTP/1.1 200 OK', 'content-length: +4')],
  ['a list of lengths', head('HTTP/1.1 200 OK', 'content-length: 4, 4')],
  ['two lengths', head('HTTP/1.1 200 OK', 'content-length: 4', 'content-length: 5')],
  ['a coding that was not asked for', head('HTTP/1.1 200 OK', 'transfer-encoding: gzip, chunked')],
])('%s is refused', (_, text) => {
  expect(() => read(text)).toThrow(BrokenAnswerError);
});

test('any text is read or refused, and nothing else happens', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('content-length: 5', 'transfer-encoding: chunked', 'connection: close', 'keep-alive: timeout=x'),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('HTTP/1.1 200 OK', 'HTTP/1.0 404', ''),
      fc.array(line, { maxLength: 6 }),
      (first, lines) => {
        try {
          const { status, keepAliveMs } = read(head(first, ...lines));
          expect(status).toBeGreaterThanOrEqual(100);
          expect(keepAliveMs).toBeLessThanOrEqual(keepAliveTimeoutMs);
        } catch (error) {
          expect(error).toBeInstanceOf(BrokenAnswerError);
        }
      },
    ),
  );
});
