import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTunnelProxy, type TunnelProxy } from '@ai-bridge/testing/network';
import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { channelsAt } from '../support/config.ts';
import { anthropicHeaders, bearer } from '../support/prompts.ts';
import { type Stack, startStack } from '../support/stack.ts';

const answersPerFailure = 6;
const statuses = [300, 301, 302, 303, 304, 307, 308];

let stack: Stack;
let second: FakeUpstream;
let proxy: TunnelProxy;
/** Where redirects lead: whatever comes here has followed one. */
let thief: http.Server;
let followed = 0;

beforeAll(async () => {
  second = await startFakeUpstream();
  proxy = await startTunnelProxy({ scheme: 'http' });
  thief = http.createServer((_, response) => response.end('{}')).on('connection', () => followed++);
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
  stack = await startStack({
    config: (config, first) => ({
      ...config,
      egress: [{ name: 'out', url: proxy.url, allowPrivate: true }],
      channels: [
        ...channelsAt(first.url, '-first').map((channel) => ({ ...channel, priority: 1 })),
        ...channelsAt(second.url, '-second').map((channel) => ({ ...channel, priority: 2 })),
        { ...channelsAt(first.url, '-out')[0]!, egress: 'default', models: ['through-proxy'] },
      ],
      models: [...config.models, { id: 'through-proxy', price: { input: 1, output: 1 }, fallback: [] }],
    }),
  });
});
beforeEach(() => {
  stack.upstream.clear();
  second.clear();
  stack.upstream.behave({});
});
afterAll(async () => {
  await stack.stop();
  await second.stop();
  await proxy.stop();
  await new Promise((resolve) => thief.close(resolve).closeAllConnections());
});

function redirect(status: number): void {
  const location = `http://127.0.0.1:${(thief.address() as AddressInfo).port}/v1/messages`;
  stack.upstream.behave({ status, headers: { location } });
}

const user = { role: 'user', content: 'hello' };
const routes: [path: string, body: object][] = [
  ['/v1/messages', { model: 'claude-test', max_tokens: 9, messages: [user] }],
  ['/v1/messages', { model: 'claude-test', max_tokens: 9, messages: [user], stream: true }],
  ['/v1/messages/count_tokens', { model: 'claude-test', messages: [user] }],
  ['/v1/chat/completions', { model: 'gpt-test', messages: [user] }],
  ['/v1/chat/completions', { model: 'claude-test', messages: [user] }],
  ['/v1/responses', { model: 'gpt-test', input: 'hello', store: false }],
  ['/v1/embeddings', { model: 'gpt-test', input: 'hello' }],
  ['/v1beta/models/gemini-test:generateContent', { contents: [{ role: 'user', parts: [{ text: 'hello' }] }] }],
];

test.each(routes)('%s with %j: a redirect is a failure, and the next channel answers', async (path, body) => {
  const headers = path.includes('messages') ? anthropicHeaders(stack) : bearer(stack);
  for (const status of statuses) {
    // Answers between the failures keep the breaker closed and pay for another attempt out of the retry budget.
    stack.upstream.behave({});
    for (let n = 0; n < answersPerFailure; n++) await call(`${stack.url}${path}`, { headers, body });
    redirect(status);
    const answer = await call(`${stack.url}${path}`, { headers, body });
    expect([status, answer.status, answer.headers['x-bridge-attempts']]).toEqual([status, 200, '2']);
    expect(answer.headers.location).toBeUndefined();
  }
  expect(second.requests).toHaveLength(statuses.length);
  expect(followed).toBe(0);
});

test('a redirect through a proxy is not followed either', async () => {
  redirect(307);
  const body = { model: 'through-proxy', max_tokens: 9, messages: [user] };
  const answer = await call(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
  expect(answer.status).toBe(529);
  expect([answer.headers.location, followed]).toEqual([undefined, 0]);
});

test.each(statuses)('a redirect with %i on the way to a kept object goes no further', async (status) => {
  const client = new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1/openai`, maxRetries: 0 });
  const file = await client.files.create({ file: await toFile(Buffer.from('mine'), 'f.txt'), purpose: 'user_data' });
  redirect(status);
  const attempts = [
    () => client.files.retrieve(file.id),
    () => client.files.content(file.id),
    () => client.files.delete(file.id),
    async () => client.files.create({ file: await toFile(Buffer.from('x'), 'g.txt'), purpose: 'user_data' }),
  ];
  for (const attempt of attempts) {
    const error = await attempt().then(
      () => undefined,
      (failure: unknown) => failure as InstanceType<typeof OpenAI.APIError>,
    );
    expect([error?.status, error?.headers?.get('location')]).toEqual([503, null]);
  }
  expect((await client.files.list()).data).toEqual([]);
  expect(followed).toBe(0);
  // It is still there, and still its owner's.
  stack.upstream.behave({});
  expect(await client.files.delete(file.id)).toMatchObject({ deleted: true });
});
