import { sim } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, openCall } from '../support/call.ts';
import { channelsAt, upstreamKey } from '../support/config.ts';
import { anthropicHeaders, bearer, chat, messages } from '../support/prompts.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    config: (config, upstream) => ({
      ...config,
      channels: [
        ...channelsAt(upstream.url),
        { ...channelsAt(upstream.url, '-mapped')[0]!, models: { 'mapped-test': 'vendor/other-id' } },
      ],
      models: [...config.models, { id: 'mapped-test', price: { input: 1, output: 1 }, fallback: [] }],
    }),
  });
});
beforeEach(() => stack.upstream.clear());
afterAll(() => stack.stop());

/** A body with odd spacing, unknown fields, escapes and number forms that a parse and print would not keep. */
const oddBody = (script: string, stream: boolean) =>
  `{ "model" : "claude-test",\n\t"max_tokens":100, "future_field": {"deep":[1.0, 1e2, -0.0, "\\u00e9\\/"]},\n` +
  `"messages":[{"role":"user","content":"x ${script.replaceAll('"', '\\"')}"}], "stream":${stream} }\n`;

const protocolsOf = (path: string) => (path.includes('messages') ? anthropicHeaders(stack) : bearer(stack));

test.each([true, false])('request and response bytes are the same on both sides (stream %s)', async (stream) => {
  const body = oddBody('SIM:{"chunks":20,"thinking":3,"chunkBytes":11,"crlf":true}', stream);
  const answer = await call(`${stack.url}/v1/messages?beta=true&future=1`, {
    headers: {
      ...anthropicHeaders(stack),
      'anthropic-beta': 'context-1m-2025-08-07,future-beta-2030-01-01',
      'anthropic-version': '2026-10-21',
    },
    body,
  });
  const [seen] = stack.upstream.requests;
  expect(seen?.path).toBe('/v1/messages?beta=true&future=1');
  expect(seen?.body.toString()).toBe(body);
  expect(seen?.headers['anthropic-beta']).toBe('context-1m-2025-08-07,future-beta-2030-01-01');
  expect(seen?.headers['anthropic-version']).toBe('2026-10-21');
  expect(answer.body.toString()).toBe(seen?.sent.toString());
});

test.each([
  ['bytes', 'audio/mpeg'],
  ['', 'application/octet-stream'],
])('on a route that may answer anything, %j as %s is an answer', async (rawBody, rawType) => {
  const answer = await call(`${stack.url}/v1/openai/audio/speech`, {
    headers: bearer(stack),
    body: { model: 'gpt-test', input: sim({ rawBody, rawType }) },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe(rawType);
  expect(answer.body.toString()).toBe(rawBody);
});

test('a mapped model id is the only byte that changes on the way up', async () => {
  const body = oddBody('SIM:{"chunks":1}', false);
  await call(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders(stack),
    body: body.replace('claude-test', 'mapped-test'),
  });
  expect(stack.upstream.requests[0]?.body.toString()).toBe(body.replace('claude-test', 'vendor/other-id'));
});

test.each([
  ['/v1/responses', { model: 'gpt-test', input: 'hello SIM:{"chunks":9,"thinking":2}', stream: true, store: false }],
  ['/v1/chat/completions', chat({ chunks: 9 }, { stream: true, stream_options: { include_usage: true } })],
  ['/v1/chat/completions', chat({ chunks: 9 }, { n: 1 })],
])('%s is relayed byte for byte', async (path, body) => {
  const answer = await call(`${stack.url}${path}`, { headers: protocolsOf(path), body });
  expect(answer.status).toBe(200);
  const [seen] = stack.upstream.requests;
  expect(seen?.body.toString()).toBe(JSON.stringify(body));
  expect(answer.body.toString()).toBe(seen?.sent.toString());
});

test('the client’s key, cookies and network headers never go up, the channel’s credential does', async () => {
  for (const headers of [anthropicHeaders(stack), { ...bearer(stack), 'anthropic-version': '2023-06-01' }]) {
    await call(`${stack.url}/v1/messages`, {
      headers: { ...headers, cookie: 'session=1', 'x-forwarded-for': '10.1.2.3', 'x-bridge-fallback': 'off' },
      body: messages({ chunks: 1 }),
    });
  }
  expect(stack.upstream.requests).toHaveLength(2);
  for (const { headers, path } of stack.upstream.requests) {
    const everything = `${path} ${JSON.stringify(headers)}`;
    expect(everything).not.toContain(stack.key);
    expect(everything).toContain(upstreamKey);
    for (const name of ['cookie', 'x-forwarded-for', 'x-bridge-fallback']) expect(headers).not.toHaveProperty(name);
  }
});

test('the upstream’s account headers never come down, the relay’s own do', async () => {
  for (const stream of [true, false]) {
    const { headers } = await call(`${stack.url}/v1/messages`, {
      headers: anthropicHeaders(stack),
      body: messages({ chunks: 2 }, { stream }),
    });
    const everything = JSON.stringify(headers);
    for (const secret of ['CANARY', '31337', '31336', 'req_upstream', 'fake-upstream', upstreamKey]) {
      expect(everything).not.toContain(secret);
    }
    expect(headers['x-request-id']).toMatch(/^req_/);
    expect(headers['request-id']).toBe(headers['x-request-id']);
    expect(headers).toMatchObject({
      'x-bridge-model': 'claude-test',
      'x-bridge-attempts': '1',
      'x-bridge-converted': '0',
    });
    expect(headers).toHaveProperty('x-bridge-provider');
  }
});

test.each(['/v1/v1/messages', '//v1/messages', '/v1/messages/', '/v1/v1/messages/?beta=true'])(
  'the path %s is understood',
  async (path) => {
    const answer = await call(`${stack.url}${path}`, {
      headers: anthropicHeaders(stack),
      body: messages({ chunks: 1 }),
    });
    expect(answer.status).toBe(200);
    expect(stack.upstream.requests[0]?.path.split('?')[0]).toBe('/v1/messages');
  },
);

test('a stream’s first content reaches the client before the stream’s end', async () => {
  const body = messages({ chunks: 5, hold: 'first-content', holdAfter: 2 }, { stream: true });
  const open = openCall(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
  await expect
    .poll(
      () =>
        open
          .received()
          .toString()
          .match(/text_delta/g)?.length,
    )
    .toBe(2);
  stack.upstream.release('first-content');
  expect((await open.whole).toString()).toContain('event: message_stop');
});
