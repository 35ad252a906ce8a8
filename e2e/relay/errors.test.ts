import { sim } from '@ai-bridge/testing/upstream';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { organization } from '../support/config.ts';
import { anthropicHeaders, bearer, messages } from '../support/prompts.ts';
import { receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

const poorKey = 'imported-key-of-a-poor-organization';
const slowKey = 'imported-key-of-one-request-a-minute';
const narrowKey = 'imported-key-for-gpt-models-only';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    config: (config) => ({
      ...config,
      organizations: [
        ...config.organizations,
        organization('poor', 1, { secret: `ab-${poorKey}` }),
        organization('slow', 1_000_000, { secret: `ab-${slowKey}` }, { rpm: 1 }),
        organization('narrow', 1_000_000, { secret: `ab-${narrowKey}`, models: ['gpt-test'] }),
      ],
    }),
  });
});
beforeEach(() => {
  stack.upstream.clear();
  stack.upstream.behave({});
});
afterAll(() => stack.stop());

const anthropic = (key = stack.key) => new Anthropic({ apiKey: key, baseURL: stack.url, maxRetries: 0 });
const openai = (key = stack.key) => new OpenAI({ apiKey: key, baseURL: `${stack.url}/v1`, maxRetries: 0 });

/** The error that a promise ends with. */
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error,
  );

const ask = (client: Anthropic, content = 'hello', model = 'claude-test') =>
  errorOf(client.messages.create({ model, max_tokens: 50, messages: [{ role: 'user', content }] }));
const askChat = (client: OpenAI, content = 'hello', model = 'gpt-test') =>
  errorOf(client.chat.completions.create({ model, messages: [{ role: 'user', content }] }));

test.each(['garbage', 'ab-1234567890', `ab-${'x'.repeat(40)}`, 'ab-imported-key-nobody-has'])(
  '401: the key %s is refused in each protocol and never reaches an upstream',
  async (key) => {
    const anthropicError = await ask(anthropic(key));
    expect(anthropicError).toBeInstanceOf(Anthropic.AuthenticationError);
    expect(anthropicError.error.error.type).toBe('authentication_error');
    const openaiError = await askChat(openai(key));
    expect(openaiError).toBeInstanceOf(OpenAI.AuthenticationError);
    expect(openaiError).toMatchObject({ type: 'authentication_error', code: 'invalid_api_key' });
    expect(stack.upstream.requests).toHaveLength(0);
  },
);

test('402: an empty balance is refused before any upstream', async () => {
  const error = await ask(anthropic(`ab-${poorKey}`));
  expect(error).toMatchObject({ status: 402, error: { error: { type: 'insufficient_balance' } } });
  const chatError = await askChat(openai(`ab-${poorKey}`));
  expect(chatError).toMatchObject({ status: 402, type: 'insufficient_balance', code: 'insufficient_balance' });
  expect(stack.upstream.requests).toHaveLength(0);
});

test('403: a model that the key may not use', async () => {
  const error = await ask(anthropic(`ab-${narrowKey}`));
  expect(error).toBeInstanceOf(Anthropic.PermissionDeniedError);
  expect(error.error.error.type).toBe('permission_error');
  expect(stack.upstream.requests).toHaveLength(0);
});

test('404: an unknown model', async () => {
  const error = await ask(anthropic(), 'hello', 'no-such-model');
  expect(error).toBeInstanceOf(Anthropic.NotFoundError);
  expect(error.error.error.type).toBe('not_found_error');
  const chatError = await askChat(openai(), 'hello', 'no-such-model');
  expect(chatError).toBeInstanceOf(OpenAI.NotFoundError);
  expect(chatError.code).toBe('model_not_found');
});

test('429: over the rate, with a whole number of seconds to wait', async () => {
  expect(await ask(anthropic(`ab-${slowKey}`))).toBeUndefined();
  const error = await ask(anthropic(`ab-${slowKey}`));
  expect(error).toBeInstanceOf(Anthropic.RateLimitError);
  expect(error.error.error.type).toBe('rate_limit_error');
  expect(Number(error.headers.get('retry-after'))).toSatisfy((n: number) => Number.isInteger(n) && n >= 1 && n <= 120);
  const chatError = await askChat(openai(`ab-${slowKey}`));
  expect(chatError).toBeInstanceOf(OpenAI.RateLimitError);
  expect(chatError).toMatchObject({ type: 'rate_limit_exceeded', code: 'rate_limit_exceeded' });
});

test('529 on Anthropic routes and 503 on the others when every attempt found the upstream busy', async () => {
  const error = await ask(anthropic(), sim({ status: 529, message: 'CANARY-UPSTREAM-TEXT' }));
  expect(error).toMatchObject({ status: 529, error: { error: { type: 'overloaded_error' } } });
  expect(JSON.stringify(error.error)).not.toContain('CANARY');
  const chatError = await askChat(openai(), sim({ status: 503, message: 'CANARY-UPSTREAM-TEXT' }));
  expect(chatError).toMatchObject({ status: 503, type: 'server_error', code: 'overloaded' });
  expect(chatError.message).not.toContain('CANARY');
});

test.each([401, 402, 403])('an upstream %i is our problem and never the client’s', async (status) => {
  const error = await ask(anthropic(), sim({ status, message: 'CANARY-UPSTREAM-TEXT' }));
  expect(error.status).toBeGreaterThanOrEqual(500);
  expect(JSON.stringify(error.error)).not.toContain('CANARY');
});

test.each([400, 422])('an upstream %i passes through unchanged, once, and costs nothing', async (status) => {
  const message = 'messages.1.output_config: Extra inputs are not permitted';
  const answer = await call(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders(stack),
    body: messages({ status, message }),
  });
  expect(answer.status).toBe(status);
  expect(answer.body.equals(stack.upstream.requests[0]!.sent)).toBe(true);
  expect(stack.upstream.requests).toHaveLength(1);
  expect(await receiptOf(stack, String(answer.headers['x-request-id']))).toMatchObject({ chargeNanoUsd: '0' });
});

test('an error event inside a 200 stream, before any content, reaches the client as an error and costs nothing', async () => {
  const error = await errorOf(
    anthropic()
      .messages.stream({
        model: 'claude-test',
        max_tokens: 50,
        messages: [{ role: 'user', content: sim({ errorEventAfter: 0 }) }],
      })
      .finalMessage(),
  );
  expect(error).toBeInstanceOf(Anthropic.APIError);
  expect(await receiptOf(stack, error.headers.get('x-request-id'))).toMatchObject({ chargeNanoUsd: '0' });
});

test('a stream that breaks mid-way ends with the protocol’s own error event', async () => {
  const body = messages({ chunks: 10, cutAfter: 4, gapMs: 10 }, { stream: true });
  const answer = await call(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
  expect(answer.status).toBe(200);
  const events = answer.body.toString().trim().split('\n\n');
  expect(events.filter((one) => one.includes('text_delta'))).toHaveLength(4);
  expect(events.at(-1)).toMatch(/^event: error\ndata: \{"type":"error"/);
});

test('every error names the request it belongs to', async () => {
  const answer = await call(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders(stack),
    body: messages({}, { model: 'none' }),
  });
  expect(answer.headers['x-request-id']).toMatch(/^req_/);
  expect(answer.headers['request-id']).toBe(answer.headers['x-request-id']);
  expect(answer.json()['request_id']).toBe(answer.headers['x-request-id']);
});

test.each([
  ['zh-CN,zh;q=0.9', /[\u4e00-\u9fff]/],
  ['en', /^[\x20-\x7e]+$/],
])('error texts are in the language of Accept-Language %s', async (language, pattern) => {
  const headers = { ...bearer(stack), 'accept-language': language };
  const answer = await call(`${stack.url}/v1/chat/completions`, { headers, body: { model: 'none', messages: [] } });
  expect(answer.json<{ error: { message: string } }>().error.message).toMatch(pattern);
});
