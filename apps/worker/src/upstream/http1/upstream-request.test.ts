import { expect, test } from 'vitest';
import { RequestFault, requestHead, type UpstreamRequest } from './upstream-request.ts';

const head = (change: Partial<UpstreamRequest> = {}) =>
  requestHead({ method: 'POST', path: '/v1/x?y=1', headers: [], body: undefined, ...change }, 'a.example:8443');
async function* pieces() {
  yield Buffer.from('x');
}

test('a head has what it was given, its host, and how long its body is', () => {
  const headers = ['accept', '*/*', 'x-name', 'caf\u00e9'];
  expect(head({ headers, body: Buffer.from('\u00e9') })).toBe(
    'POST /v1/x?y=1 HTTP/1.1\r\nhost: a.example:8443\r\naccept: */*\r\nx-name: caf\u00e9\r\ncontent-length: 2\r\n\r\n',
  );
});

test('a body’s length is said once, and by whom knows it', () => {
  const given = ['content-length', '99'];
  const lengths = (text: string) => text.match(/(content-length|transfer-encoding): \w+/g);
  expect(lengths(head({ headers: given, body: Buffer.from('abc') }))).toEqual(['content-length: 3']);
  expect(lengths(head({ headers: given }))).toEqual(['content-length: 0']);
  expect(lengths(head({ headers: given, body: pieces() }))).toEqual(['content-length: 99']);
  expect(lengths(head({ body: pieces() }))).toEqual(['transfer-encoding: chunked']);
  expect(lengths(head({ method: 'GET' }))).toBeNull();
});

test.each<[string, Partial<UpstreamRequest>]>([
  ['a line end in a value', { headers: ['a', 'b\r\nc: d'] }],
  ['a line feed in a value', { headers: ['a', 'b\nc'] }],
  ['a NUL in a value', { headers: ['a', '\0'] }],
  ['a character that no header has', { headers: ['a', '\u4e2d'] }],
  ['a line end in a name', { headers: ['a\r\nb', 'c'] }],
  ['an empty name', { headers: ['', 'c'] }],
  ['a blank in the path', { path: '/a HTTP/1.1\r\nx: y' }],
  ['a line end in the path', { path: '/a\r\nx:y' }],
  ['a path that is none', { path: 'http://other.example/' }],
  ['a method that is none', { method: 'GET /other' }],
])('%s does not go out, and what it says is not told', (_, change) => {
  expect(() => head(change)).toThrow(RequestFault);
  try {
    head({ headers: ['authorization', 'CANARY\n'] });
  } catch (error) {
    expect(String(error)).not.toContain('CANARY');
  }
});
