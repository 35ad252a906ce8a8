import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { organization } from '../support/config.ts';
import { anthropicHeaders, bearer } from '../support/prompts.ts';
import { expectedCharge, receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

const strictKey = 'ab-imported-strict-key-0002';
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    config: (config) => ({
      ...config,
      organizations: [
        ...config.organizations,
        organization('strict', 1_000_000, { secret: strictKey, fallback: false }),
      ],
    }),
  });
});
beforeEach(() => {
  stack.upstream.clear();
  stack.upstream.behave({});
});
afterAll(() => stack.stop());

/** With the spaces of a vendor whose bytes have to arrive as they are. */
const anthropicError = (message: string) =>
  `{"type": "error", "error": {"type": "invalid_request_error", "message": ${JSON.stringify(message)}}}`;
const badSignature = {
  holds: 'foreign-signature',
  body: anthropicError('messages.1.content.0: Invalid `signature` in `thinking` block'),
};
const badTopK = { holds: '"top_k"', body: anthropicError('`top_k` must be unset when thinking is enabled.') };

/** A conversation that was with another vendor; written by hand, with what no parser would give back. */
const conversation = (more = '') =>
  `{ "model": "claude-test", "max_tokens": 100,${more} "messages": [{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"foreign-signature"}, {"type":"text","text":"b"}]},{"role":"user","content":"c"}], "stream": true, "unknown": [1.0, 12345678901234567890]}`;

const ask = (body: unknown, headers: Readonly<Record<string, string>> = anthropicHeaders(stack)) =>
  call(`${stack.url}/v1/messages`, { headers, body });

test('a foreign signature is dropped on the same channel: the client sees the answer alone, the receipt both attempts and what was lost', async () => {
  stack.upstream.behave({ refusals: [badSignature] });
  const answer = await ask(conversation());
  expect(answer.status).toBe(200);
  expect(answer.headers['x-bridge-attempts']).toBe('2');
  expect(answer.headers['x-bridge-converted']).toBe('0');
  const sent = stack.upstream.requests.map(({ body }) => String(body));
  const thinking = '{"type":"thinking","thinking":"Hm","signature":"foreign-signature"}, ';
  expect(sent).toEqual([conversation(), conversation().replace(thinking, '')]);
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  const change = { path: 'messages.1.content.0', reason: expect.stringContaining('made elsewhere') };
  expect(receipt.attempts).toMatchObject([
    { status: 400, error: 'status 400', paidBy: 'house', repair: [change] },
    { status: 200, error: null, paidBy: 'customer', repair: [] },
  ]);
  expect(receipt.losses).toEqual([change]);
  expect(receipt.outcome).toBe('completed');
  expect(BigInt(receipt.chargeNanoUsd)).toBe(expectedCharge('claude-test', { input: 10, output: 5 }));
});

test('a request is repaired once: refused again, the client gets the second 400 as it is', async () => {
  stack.upstream.behave({ refusals: [badSignature, badTopK] });
  const answer = await ask(conversation(' "top_k": 3,'));
  expect(answer.status).toBe(400);
  expect(String(answer.body)).toBe(badTopK.body);
  expect(stack.upstream.requests).toHaveLength(2);
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(receipt).toMatchObject({ outcome: 'failed', chargeNanoUsd: '0' });
  expect(receipt.attempts.map(({ status, repair }) => [status, repair.length])).toEqual([
    [400, 1],
    [400, 0],
  ]);
});

test('a 400 that nothing can be done about arrives byte by byte, after one attempt', async () => {
  const body = `${anthropicError('prompt is too long: 250000 tokens > 200000 maximum')}\n`;
  stack.upstream.behave({ refusals: [{ holds: 'claude-test', body }] });
  const answer = await ask(conversation());
  expect(answer.status).toBe(400);
  expect(String(answer.body)).toBe(body);
  expect(stack.upstream.requests).toHaveLength(1);
});

test('what a strict key sends is never changed: it gets the 400', async () => {
  stack.upstream.behave({ refusals: [badSignature] });
  const answer = await ask(conversation(), { 'x-api-key': strictKey, 'anthropic-version': '2023-06-01' });
  expect(answer.status).toBe(400);
  expect(String(answer.body)).toBe(badSignature.body);
  expect(stack.upstream.requests).toHaveLength(1);
});

test('a beta value that the upstream does not know is taken out of the header, the others stay', async () => {
  const message = 'Unexpected value(s) `new-1` for the `anthropic-beta` header. Please consult our documentation.';
  stack.upstream.behave({ refusals: [{ holds: 'new-1', body: anthropicError(message) }] });
  const answer = await ask(conversation(), { ...anthropicHeaders(stack), 'anthropic-beta': 'old-1,new-1' });
  expect(answer.status).toBe(200);
  const [first, second] = stack.upstream.requests;
  expect(second?.headers['anthropic-beta']).toBe('old-1');
  expect(second?.headers['x-api-key']).toBe(first?.headers['x-api-key']);
  expect(String(second?.body)).toBe(conversation());
});

test('a request in other words is repaired in those of its upstream, and its answer comes in those of its client', async () => {
  const message = 'max_tokens: 100 > 64, which is the maximum allowed number of output tokens for claude-test';
  stack.upstream.behave({ refusals: [{ holds: '"max_tokens":100', body: anthropicError(message) }] });
  const answer = await call(`${stack.url}/v1/chat/completions`, {
    headers: bearer(stack),
    body: { model: 'claude-test', max_completion_tokens: 100, messages: [{ role: 'user', content: 'hello' }] },
  });
  expect(answer.json()).toMatchObject({ object: 'chat.completion' });
  expect(answer.headers['x-bridge-converted']).toBe('1');
  expect(stack.upstream.requests.map(({ json }) => json['max_tokens'])).toEqual([100, 64]);
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(receipt.losses).toContainEqual({ path: 'max_tokens', reason: expect.stringContaining('from 100 to 64') });
});

test('OpenAI and Google are understood too', async () => {
  const chatRefusal =
    '{"error":{"message":"Unsupported parameter: \'max_tokens\' is not supported with this model. Use \'max_completion_tokens\' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}';
  const geminiRefusal = '{"error":{"code":400,"message":"Corrupted thought signature.","status":"INVALID_ARGUMENT"}}';
  stack.upstream.behave({
    refusals: [
      { holds: '"max_tokens"', body: chatRefusal },
      { holds: 'foreign-signature', body: geminiRefusal },
    ],
  });
  const chat = await call(`${stack.url}/v1/chat/completions`, {
    headers: bearer(stack),
    body: '{"model":"gpt-test","max_tokens":50,"messages":[{"role":"user","content":"hi"}]}',
  });
  expect(chat.status).toBe(200);
  expect(String(stack.upstream.requests.at(-1)?.body)).toBe(
    '{"model":"gpt-test","max_completion_tokens":50,"messages":[{"role":"user","content":"hi"}]}',
  );
  const gemini = await call(`${stack.url}/v1beta/models/gemini-test:generateContent`, {
    headers: { 'x-goog-api-key': stack.key },
    body: {
      contents: [
        { role: 'user', parts: [{ text: 'a' }] },
        { role: 'model', parts: [{ text: 'b', thoughtSignature: 'foreign-signature' }] },
        { role: 'user', parts: [{ text: 'c' }] },
      ],
    },
  });
  expect(gemini.status).toBe(200);
});

test('refusals are held against no channel', async () => {
  stack.upstream.behave({ refusals: [{ holds: 'claude-test', body: anthropicError('no') }] });
  for (let asked = 0; asked < 30; asked++) expect((await ask(conversation())).status).toBe(400);
  stack.upstream.behave({});
  expect((await ask(conversation())).status).toBe(200);
});
