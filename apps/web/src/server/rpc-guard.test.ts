import { expect, test } from 'vitest';
import { maxBatchSize, maxBodyBytes, readBoundedText, refuseRpcRequest } from './rpc-guard.ts';

const url = 'http://console.test:3000/api/trpc/apiKey.create';

function post(headers: Record<string, string>, to = url) {
  return new Request(to, {
    method: 'POST',
    headers: { host: 'console.test:3000', 'content-type': 'application/json', ...headers },
    body: '{}',
  });
}

function reasonOf(request: Request, knownOrigin?: string) {
  return refuseRpcRequest(request, knownOrigin)?.reason;
}

test('a JSON call from the own origin passes', () => {
  expect(reasonOf(post({ origin: 'http://console.test:3000' }))).toBeUndefined();
  expect(reasonOf(post({ origin: 'https://public.test' }), 'https://public.test')).toBeUndefined();
});

test('a foreign page, a missing origin and a mismatching fetch site are refused', () => {
  expect(reasonOf(post({ origin: 'http://evil.test' }))).toBe('foreign_origin');
  expect(reasonOf(post({ origin: 'http://console.test:3001' }))).toBe('foreign_origin');
  expect(reasonOf(post({ origin: 'null' }))).toBe('foreign_origin');
  expect(reasonOf(post({}))).toBe('foreign_origin');
  expect(reasonOf(post({ origin: 'http://console.test:3000', 'sec-fetch-site': 'same-site' }))).toBe('foreign_origin');
});

test('forms, uploads and plain text never reach a procedure', () => {
  for (const type of [
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/octet-stream',
  ]) {
    expect(reasonOf(post({ origin: 'http://console.test:3000', 'content-type': type }))).toBe('json_only');
  }
});

test('only GET and POST exist', () => {
  for (const method of ['PUT', 'DELETE', 'PATCH']) {
    expect(refuseRpcRequest(new Request(url, { method }), undefined)?.status).toBe(405);
  }
});

test('a batch above its bound is refused, however it is spelled', () => {
  const names = (count: number, comma: string) => Array.from({ length: count }, () => 'a.b').join(comma);
  const get = (path: string) => new Request(`http://console.test:3000/api/trpc/${path}?batch=1`);
  expect(reasonOf(get(names(maxBatchSize, ',')))).toBeUndefined();
  expect(reasonOf(get(names(maxBatchSize + 1, ',')))).toBe('batch_too_large');
  expect(reasonOf(get(names(maxBatchSize + 1, '%2C')))).toBe('batch_too_large');
});

test('a body above its bound is refused by its length or while it is read', async () => {
  const declared = post({ origin: 'http://console.test:3000', 'content-length': String(maxBodyBytes + 1) });
  expect(reasonOf(declared)).toBe('body_too_large');
  const body = (bytes: number) => new Request(url, { method: 'POST', body: 'x'.repeat(bytes) });
  expect(await readBoundedText(body(maxBodyBytes + 1))).toBeUndefined();
  expect(await readBoundedText(body(maxBodyBytes))).toHaveLength(maxBodyBytes);
});
