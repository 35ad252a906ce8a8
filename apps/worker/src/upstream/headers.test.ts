import { expect, test } from 'vitest';
import { requestHeaders } from './headers.ts';

test('the key and the network of the client never go up; protocol headers do, unchanged', () => {
  const up = requestHeaders({
    authorization: 'Bearer ab-secret',
    'x-api-key': 'ab-secret',
    'x-goog-api-key': 'ab-secret',
    cookie: 'a=b',
    host: 'relay',
    'x-forwarded-for': '1.2.3.4',
    'x-real-ip': '1.2.3.4',
    'cf-ray': 'x',
    traceparent: 't',
    connection: 'keep-alive',
    'content-length': '3',
    'transfer-encoding': 'chunked',
    'x-session-id': 's',
    'x-bridge-fallback': 'off',
    'anthropic-version': '2026-10-21',
    'anthropic-beta': 'a,b',
    'x-stainless-lang': 'js',
    'content-type': 'application/json',
    'user-agent': 'cli',
  });
  expect(up).toEqual([
    'anthropic-version',
    '2026-10-21',
    'anthropic-beta',
    'a,b',
    'x-stainless-lang',
    'js',
    'content-type',
    'application/json',
    'user-agent',
    'cli',
    'accept-encoding',
    'identity',
  ]);
});
