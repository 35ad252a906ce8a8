import http from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { anthropicHeaders, bearer, messages } from '../support/prompts.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    grantTokens: 5_000_000,
    limits: { rpm: 1_000, itpm: 2_000_000, otpm: 400_000, concurrency: 50 },
  });
});
afterAll(() => stack.stop());

test.each([
  ['HEAD', '/'],
  ['GET', '/'],
  ['HEAD', '/api/hello'],
  ['GET', '/healthz'],
  ['GET', '/readyz'],
])('%s %s answers 200 without a key', async (method, path) => {
  expect((await call(`${stack.url}${path}`, { method })).status).toBe(200);
});

test('OPTIONS answers 204 with CORS and without a key; errors carry CORS too', async () => {
  const headers = {
    origin: 'https://example.com',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization, x-api-key, anthropic-version',
  };
  const preflight = await call(`${stack.url}/v1/messages`, { method: 'OPTIONS', headers });
  expect(preflight.status).toBe(204);
  expect(preflight.headers['access-control-allow-origin']).toBe('*');
  expect(preflight.headers['access-control-allow-headers']).toBeTruthy();
  const refused = await call(`${stack.url}/v1/messages`, {
    headers: { origin: 'https://example.com' },
    body: messages(),
  });
  expect(refused.status).toBe(401);
  expect(refused.headers['access-control-allow-origin']).toBe('*');
});

test('a WebSocket upgrade on /v1/responses gets a plain 426', async () => {
  const status = await new Promise((resolve, reject) => {
    const request = http.get(`${stack.url}/v1/responses`, {
      agent: false,
      headers: {
        ...bearer(stack),
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    });
    request.on('response', (response) => resolve(response.statusCode)).on('error', reject);
    request.on('upgrade', () => reject(new Error('the upgrade was taken')));
  });
  expect(status).toBe(426);
});

test('GET /v1/models comes in the shape of the client that asks', async () => {
  const anthropic = await call(`${stack.url}/v1/models`, {
    headers: { ...bearer(stack), 'anthropic-version': '2023-06-01' },
  });
  expect(anthropic.json()).toMatchObject({
    has_more: false,
    data: expect.arrayContaining([expect.objectContaining({ id: 'claude-test', type: 'model' })]),
  });
  const openai = await call(`${stack.url}/v1/models`, { headers: bearer(stack) });
  expect(openai.json()).toMatchObject({
    object: 'list',
    data: expect.arrayContaining([expect.objectContaining({ id: 'gpt-test', object: 'model' })]),
  });
});

test('a wrong method on a relay route is refused in the client’s protocol', async () => {
  const answer = await call(`${stack.url}/v1/messages`, {
    method: 'PUT',
    headers: anthropicHeaders(stack),
    body: messages(),
  });
  expect(answer.status).toBe(405);
  expect(answer.json()['type']).toBe('error');
});

test('an unknown path is a 404 with a JSON error', async () => {
  const answer = await call(`${stack.url}/v1/nothing-here`, { headers: bearer(stack) });
  expect(answer.status).toBe(404);
  expect(answer.json()).toHaveProperty('error');
});

test('GET /v1/key tells the key, its limits and a balance that adds up', async () => {
  const answer = await call(`${stack.url}/v1/key`, { headers: bearer(stack) });
  const { key, organization, balance, limits } = answer.json<{
    key: object;
    organization: object;
    limits: object;
    balance: Record<'postedNanoUsd' | 'heldNanoUsd' | 'availableNanoUsd', string>;
  }>();
  expect(key).toMatchObject({ name: 'main-key', last4: stack.key.slice(-4), group: 'default' });
  expect(JSON.stringify(key)).not.toContain(stack.key);
  expect(organization).toMatchObject({ id: stack.organizationId, name: 'main' });
  expect(BigInt(balance.availableNanoUsd)).toBe(BigInt(balance.postedNanoUsd) - BigInt(balance.heldNanoUsd));
  expect(BigInt(balance.postedNanoUsd)).toBe(5_000_000_000n);
  expect(limits).toMatchObject({ rpm: 1_000, itpm: 2_000_000, otpm: 400_000, concurrency: 50 });
});

test('the client address that a proxy claims does not matter to a key without allowed addresses', async () => {
  const headers = { ...anthropicHeaders(stack), 'x-forwarded-for': '203.0.113.9' };
  expect((await call(`${stack.url}/v1/messages`, { headers, body: messages({ chunks: 1 }) })).status).toBe(200);
});
