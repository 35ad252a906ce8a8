import { expect, test } from 'vitest';
import { responseLines, wantedHeaders } from './response-headers.ts';

const raw = (...pairs: readonly string[]) => pairs.map((text) => Buffer.from(text, 'latin1'));

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

test('of what an upstream sent only what is looked at is made text of, whatever the case of its name', () => {
  const sent = raw(
    'Server',
    'x',
    'CONTENT-TYPE',
    'text/event-stream',
    'Retry-After',
    '3',
    'request-ix',
    'y',
    'Set-Cookie',
    'a',
  );
  expect(wantedHeaders(sent)).toEqual({ 'content-type': 'text/event-stream', 'retry-after': '3' });
});

test('a header that came twice is the first one, and a name without a value is none', () => {
  expect(wantedHeaders(raw('retry-after', '1', 'retry-after', '2', 'content-type'))).toEqual({ 'retry-after': '1' });
});
