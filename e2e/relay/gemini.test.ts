import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { upstreamKey } from '../support/config.ts';
import { expectedCharge, receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
beforeEach(() => stack.upstream.clear());
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
