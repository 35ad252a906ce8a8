import { expect, test } from 'vitest';
import { BrokenAnswerError } from './http1/broken-answer.ts';
import { responseLines, wantedHeaders } from './response-headers.ts';

const linesOf = (...lines: readonly string[]) => lines.join('\r\n');

test('what describes our own account upstream never comes down', () => {
  const down = responseLines({
    'content-type': 'text/event-stream',
    'set-cookie': ['a=b'],
    server: 'x',
    'anthropic-organization-id': 'o',
    'openai-organization': 'o',
    'anthropic-ratelimit-requests-limit': '5',
    'x-ratelimit-limit-requests': '5',
    'request-id': 'up',
    'x-request-id': 'up',
    'cf-ray': 'x',
    'content-length': '12',
    'transfer-encoding': 'chunked',
    'retry-after': '3',
  });
  expect(down).toBe('content-type: text/event-stream\r\n');
});

test('of what an upstream sent only what is looked at is taken, whatever the case of its name', () => {
  const sent = linesOf(
    'Server: x',
    'CONTENT-TYPE:  text/event-stream\t',
    'Retry-After:3',
    'request-ix: y',
    'Set-Cookie: a',
  );
  expect(wantedHeaders(sent)).toEqual({ 'content-type': 'text/event-stream', 'retry-after': '3' });
  expect(wantedHeaders('')).toEqual({});
});

test('a header that came twice is the first one, but `connection` is a list', () => {
  expect(wantedHeaders(linesOf('retry-after: 1', 'retry-after: 2'))).toEqual({ 'retry-after': '1' });
  expect(wantedHeaders(linesOf('connection: x', 'Connection: close'))).toEqual({ connection: 'x, close' });
});

test('an answer with two ends is refused; one that says its length twice is not', () => {
  expect(wantedHeaders(linesOf('content-length: 1', 'content-length: 1'))).toEqual({ 'content-length': '1' });
  for (const lines of [
    linesOf('content-length: 1', 'content-length: 2'),
    linesOf('transfer-encoding: chunked', 'transfer-encoding: chunked'),
  ])
    expect(() => wantedHeaders(lines)).toThrow(BrokenAnswerError);
});

test.each(['no colon', ': no name', linesOf('a: b', 'no colon', 'c: d')])('%j is refused', (lines) => {
  expect(() => wantedHeaders(lines)).toThrow(BrokenAnswerError);
});
