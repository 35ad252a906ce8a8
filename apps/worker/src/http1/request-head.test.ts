import http from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchange } from './raw-client.fixture.ts';
import { HttpFault, readRequestHead } from './request-head.ts';

const read = (...lines: string[]) => readRequestHead(lines.join('\r\n'));

test('a request’s line and headers are read, names in lower case and values without the blanks around them', () => {
  const head = read(
    'POST /v1/messages?beta=true HTTP/1.1',
    'Host: relay',
    'X-Api-Key:\t ab-1 \t',
    'Content-Length: 12',
  );
  expect(head).toMatchObject({ method: 'POST', url: '/v1/messages?beta=true', minorVersion: 1, framing: 12 });
  expect({ ...head.headers }).toEqual({ host: 'relay', 'x-api-key': 'ab-1', 'content-length': '12' });
});

test('a header that came several times is one list, a cookie one line, and of an authorization the first one counts', () => {
  const { headers } = read(
    'GET / HTTP/1.1',
    'host: x',
    ...['accept: a', 'cookie: a=1', 'authorization: one', 'Accept: b', 'Cookie: b=2', 'Authorization: two'],
  );
  expect(headers).toMatchObject({ accept: 'a, b', cookie: 'a=1; b=2', authorization: 'one' });
});

test('headers named like members of objects are headers and nothing else', () => {
  const { headers } = read('GET / HTTP/1.1', 'host: x', '__proto__: p', 'constructor: c', 'toString: t');
  expect(Object.keys(headers)).toEqual(['host', '__proto__', 'constructor', 'tostring']);
  expect(headers.constructor).toBe('c');
  expect(read('GET / HTTP/1.1', 'host: x').headers.constructor).toBeUndefined();
});

test.each([
  ['/v1/messages', '/v1/messages'],
  ['http://relay:3001/v1/messages?a=b', '/v1/messages?a=b'],
  ['https://relay', '/'],
  ['https://relay?a=b', '/?a=b'],
  ['*', '*'],
])('the target %s is the path %s', (target, url) => {
  expect(read(`GET ${target} HTTP/1.1`, 'host: x').url).toBe(url);
});

test.each([
  ['GET / HTTP/1.1', [], true],
  ['GET / HTTP/1.1', ['connection: keep-alive, close'], false],
  ['GET / HTTP/1.1', ['Connection: CLOSE'], false],
  ['GET / HTTP/1.1', ['connection: closed'], true],
  ['GET / HTTP/1.0', ['connection: keep-alive'], false],
])('after %s with %j the connection goes on: %s', (line, more, mayKeepAlive) => {
  expect(read(line, 'host: x', ...more).mayKeepAlive).toBe(mayKeepAlive);
});

test.each([
  [505, 'another version', ['GET / HTTP/2.0', 'host: x']],
  [505, 'the preface of HTTP/2', ['PRI * HTTP/2.0']],
  [400, 'no version', ['GET /']],
  [400, 'two spaces', ['GET  / HTTP/1.1', 'host: x']],
  [400, 'a space in the target', ['GET /a b HTTP/1.1', 'host: x']],
  [400, 'a control character in the target', ['GET /a\0b HTTP/1.1', 'host: x']],
  [400, 'a method that is no token', ['GE(T / HTTP/1.1', 'host: x']],
  [400, 'something behind the version', ['GET / HTTP/1.1 ', 'host: x']],
  [400, 'no host', ['GET / HTTP/1.1', 'accept: x']],
  [400, 'two hosts', ['GET / HTTP/1.1', 'host: x', 'host: x']],
  [400, 'a folded header', ['GET / HTTP/1.1', 'host: x', 'a: b', ' c']],
  [400, 'a header without a colon', ['GET / HTTP/1.1', 'host: x', 'a']],
  [400, 'a header without a name', ['GET / HTTP/1.1', 'host: x', ': b']],
  [400, 'a blank before the colon', ['GET / HTTP/1.1', 'host: x', 'content-length : 5']],
  [400, 'a line feed alone', ['GET / HTTP/1.1', 'host: x', 'a: b\nc: d']],
  [400, 'a carriage return alone', ['GET / HTTP/1.1', 'host: x', 'a: b\rc: d']],
  [400, 'a zero byte', ['GET / HTTP/1.1', 'host: x', 'a: b\0']],
  [400, 'an empty line that is none', ['GET / HTTP/1.1', '', 'host: x']],
  [400, 'two lengths', ['POST / HTTP/1.1', 'host: x', 'content-length: 5', 'content-length: 5']],
  [400, 'a list of lengths', ['POST / HTTP/1.1', 'host: x', 'content-length: 5, 5']],
  [400, 'a length with a sign', ['POST / HTTP/1.1', 'host: x', 'content-length: +5']],
  [400, 'a negative length', ['POST / HTTP/1.1', 'host: x', 'content-length: -5']],
  [400, 'a length in hex', ['POST / HTTP/1.1', 'host: x', 'content-length: 0x5']],
  [400, 'an empty length', ['POST / HTTP/1.1', 'host: x', 'content-length:']],
  [400, 'a length that no number holds', ['POST / HTTP/1.1', 'host: x', 'content-length: 99999999999999999']],
  [400, 'a length and chunks', ['POST / HTTP/1.1', 'host: x', 'content-length: 5', 'transfer-encoding: chunked']],
  [400, 'chunks in HTTP/1.0', ['POST / HTTP/1.0', 'host: x', 'transfer-encoding: chunked']],
  [400, 'two codings', ['POST / HTTP/1.1', 'host: x', 'transfer-encoding: gzip', 'transfer-encoding: chunked']],
  [501, 'a coding that is not known', ['POST / HTTP/1.1', 'host: x', 'transfer-encoding: gzip, chunked']],
  [400, 'chunked with a control character before it', ['POST / HTTP/1.1', 'host: x', 'transfer-encoding: \x0bchunked']],
  [417, 'an expectation that is not known', ['POST / HTTP/1.1', 'host: x', 'expect: miracles']],
])('%d for %s', (status, _, lines) => {
  const fault = catchFault(lines.join('\r\n'));
  expect(fault?.status).toBe(status);
  expect(fault?.message).not.toContain(lines[0]);
});

function catchFault(text: string): HttpFault | undefined {
  try {
    readRequestHead(text);
    return undefined;
  } catch (error) {
    if (error instanceof HttpFault) return error;
    throw error;
  }
}

/** What Node's own server makes of the same bytes; the reference where ours says yes. */
let reference: http.Server;
beforeAll(async () => {
  reference = http.createServer((request, response) => {
    const { method, url, headers } = request;
    response.end(JSON.stringify({ method, url, headers }));
  });
  await new Promise<void>((resolve) => void reference.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void reference.close());

test('whatever is accepted here, Node’s own server accepts and understands alike', async () => {
  const { port } = reference.address() as { port: number };
  const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_!#'), minLength: 1, maxLength: 8 });
  const value = fc.string({ unit: fc.constantFrom(...'abc 019,;="\t:/é\x80\xff\n\r\0\x7f'), maxLength: 12 });
  const name = fc.oneof(
    { weight: 8, arbitrary: word },
    fc.constantFrom('content-type', 'Cookie', 'User-Agent', 'accept', 'Connection', 'bad name', 'bad:', ''),
  );
  const line = fc.oneof(
    { weight: 9, arbitrary: fc.tuple(name, fc.constantFrom(':', ': ', ':\t', ' :'), value).map((it) => it.join('')) },
    fc.constantFrom('Content-Length: 0', 'content-length: 00', 'Transfer-Encoding: identity', ' folded', ''),
  );
  const head = fc.tuple(
    fc.constantFrom(
      'GET / HTTP/1.1',
      'GET /a?b=c HTTP/1.1',
      'DELETE //x HTTP/1.1',
      'GET /é HTTP/1.1',
      'GET / HTTP/1.0',
    ),
    fc.array(line, { maxLength: 6 }),
  );
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(head, async ([first, lines]) => {
      const text = [first, 'Host: x', ...lines].join('\r\n');
      let mine: ReturnType<typeof readRequestHead>;
      try {
        mine = readRequestHead(text);
      } catch (error) {
        expect(error).toBeInstanceOf(HttpFault);
        return;
      }
      accepted++;
      const isOver = (seen: string) => seen.includes('\r\n\r\n') && seen.endsWith('}');
      const answer = await exchange(port, Buffer.from(`${text}\r\nconnection: close\r\n\r\n`, 'latin1'), isOver);
      expect(answer).toMatch(/^HTTP\/1\.1 200/);
      const theirs = JSON.parse(Buffer.from(answer.slice(answer.indexOf('{')), 'latin1').toString());
      delete theirs.headers.connection;
      const { connection: _, ...headers } = { ...mine.headers };
      expect({ method: mine.method, url: mine.url, headers }).toEqual(theirs);
    }),
    { numRuns: 400 },
  );
  expect(accepted).toBeGreaterThan(50);
});
