import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { channelsAt, upstreamKey } from '../support/config.ts';
import { expectedCharge, receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    config: (config, upstream) => ({
      ...config,
      channels: [
        ...channelsAt(upstream.url),
        {
          ...channelsAt(`${upstream.url}/v1beta`, '-mapped').find(({ preset }) => preset === 'gemini')!,
          models: { 'mapped-test': 'vendor-2.0' },
        },
      ],
      models: [...config.models, { id: 'mapped-test', price: { input: 1, output: 1 }, fallback: [] }],
    }),
  });
});
beforeEach(() => {
  stack.upstream.clear();
  stack.upstream.behave({});
});
afterAll(() => stack.stop());

const prompt = (text: string) => ({ contents: [{ role: 'user', parts: [{ text }] }] });
const ask = (path: string, text: string) =>
  call(`${stack.url}${path}`, { headers: { 'x-goog-api-key': stack.key }, body: prompt(text) });

test.each([
  '/v1beta/models/gemini-test:streamGenerateContent?alt=sse',
  '/v1beta/models/gemini-test:generateContent',
  '/v1/models/gemini-test:generateContent',
])('%s is relayed byte for byte', async (path) => {
  const answer = await ask(path, 'SIM:{"chunks":9,"thinking":2}');
  expect(answer.status).toBe(200);
  const [seen] = stack.upstream.requests;
  expect(seen?.body.toString()).toBe(JSON.stringify(prompt('SIM:{"chunks":9,"thinking":2}')));
  expect(answer.body.toString()).toBe(seen?.sent.toString());
});

test.each([':generateContent', ':streamGenerateContent?alt=sse'])(
  '%s: thoughts are charged as output',
  async (verb) => {
    const answer = await ask(`/v1beta/models/gemini-test${verb}`, 'SIM:{"chunks":6,"thinking":4,"inputTokens":50}');
    const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
    expect(receipt.usage).toMatchObject({ input: 50, output: 10, reasoning: 4 });
    expect(BigInt(receipt.chargeNanoUsd)).toBe(expectedCharge('gemini-test', { input: 50, output: 10 }));
  },
);

test('a stream without alt=sse is one array, charged by the last usage in it', async () => {
  const chunk = (output: number) =>
    `{"candidates":[{}],"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":${output}}}`;
  const rawBody = `[${chunk(1)},\r\n${chunk(4)}\n]`;
  stack.upstream.behave({ rawBody, rawType: 'application/json' });
  const answer = await ask('/v1beta/models/gemini-test:streamGenerateContent', 'x');
  expect(answer.body.toString()).toBe(rawBody);
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(BigInt(receipt.chargeNanoUsd)).toBe(expectedCharge('gemini-test', { input: 7, output: 4 }));
});

test('the path carries the channel’s own model id, under a base URL that has the version already', async () => {
  const answer = await ask('/v1/models/models/mapped-test:generateContent', 'x');
  expect(answer.status).toBe(200);
  const [seen] = stack.upstream.requests;
  expect(seen?.path).toBe('/v1beta/models/vendor-2.0:generateContent');
  expect(seen?.body.toString()).toBe(JSON.stringify(prompt('x')));
});

test(':countTokens counts and costs nothing', async () => {
  const before = await stack.atRest();
  const answer = await ask('/v1beta/models/gemini-test:countTokens', 'SIM:{"inputTokens":77}');
  expect(answer.json()).toEqual({ totalTokens: 77 });
  expect((await stack.atRest()).postedNanoUsd).toBe(before.postedNanoUsd);
});

test('a key in the query opens the door and goes no further', async () => {
  const path = `/v1beta/models/gemini-test:generateContent?key=${stack.key}&future=1`;
  const answer = await call(`${stack.url}${path}`, { body: prompt('x') });
  expect(answer.status).toBe(200);
  const [seen] = stack.upstream.requests;
  expect(seen?.path).toBe('/v1beta/models/gemini-test:generateContent?future=1');
  expect(seen?.headers['x-goog-api-key']).toBe(upstreamKey);
  expect(JSON.stringify(seen?.headers)).not.toContain(stack.key);
});

test('a key in the query lists models, opens no other door, and is written nowhere', async () => {
  expect((await call(`${stack.url}/v1beta/models?key=${stack.key}`)).status).toBe(200);
  expect((await call(`${stack.url}/v1beta/models/gemini-test:countTokens?key=x`, { body: prompt('x') })).status).toBe(
    401,
  );
  expect((await call(`${stack.url}/v1/models?key=${stack.key}`)).status).toBe(401);
  const body = { model: 'gpt-test', messages: [] };
  expect((await call(`${stack.url}/v1/chat/completions?key=${stack.key}`, { body })).status).toBe(401);
  expect(stack.upstream.requests).toHaveLength(0);
  expect(stack.worker().log()).not.toContain(stack.key);
});

test('what is not offered is a 404', async () => {
  const answer = await ask('/v1beta/models/gemini-test:embedContent', 'x');
  expect(answer.json()).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } });
});

test.each(['/v1/models', '/v1beta/models'])('%s comes in Google’s shape', async (path) => {
  const answer = await call(`${stack.url}${path}`, { headers: { 'x-goog-api-key': stack.key } });
  const { models } = answer.json<{ models: { name: string }[] }>();
  expect(models.map((model) => model.name)).toContain('models/gemini-test');
});

test('errors come in Google’s shape', async () => {
  const answer = await ask('/v1beta/models/none:generateContent', 'x');
  expect(answer.json()).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } });
  for (const value of ['-1', '1.5', '"100"', '1e400']) {
    const body = `{"contents":[],"generationConfig":{"maxOutputTokens":${value}}}`;
    const headers = { 'x-goog-api-key': stack.key };
    const refused = await call(`${stack.url}/v1beta/models/gemini-test:generateContent`, { headers, body });
    expect(refused.json()).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } });
  }
  expect(stack.upstream.requests).toHaveLength(0);
});
