import { freePort } from '@ai-bridge/dev';
import { sim } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { prices, upstreamKey } from '../support/config.ts';
import { earnRetries } from '../support/pairs.ts';
import { anthropicHeaders, bearer } from '../support/prompts.ts';
import { receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

const text = `an "image" in words ${sim({ inputTokens: 40, chunks: 2 })}`;
const png = 'iVBORw0KGgo=';
const dataUrl = `data:image/png;base64,${png}`;
const pdfUrl = 'data:application/pdf;base64,JVBERg==';

let stack: Stack;
beforeAll(async () => {
  const dead = `http://127.0.0.1:${await freePort()}`;
  stack = await startStack({
    config: (config, upstream) => {
      const shared = { preset: 'anthropic', apiKey: upstreamKey, allowPrivate: true };
      const own = { price: prices['claude-test'], fallback: [] };
      return {
        ...config,
        channels: [
          ...config.channels,
          { ...shared, name: 'dead', baseUrl: dead, models: ['away-test'] },
          { ...shared, name: 'open', baseUrl: upstream.url, models: ['open-test', 'small-test', 'toolless-test'] },
        ],
        models: [
          ...config.models.map((model) =>
            model.id === 'exact-test'
              ? model
              : { ...model, capabilities: { images: false, documents: false, tools: true } },
          ),
          { ...own, id: 'away-test', fallback: ['gpt-test', 'small-test', 'open-test'] },
          { ...own, id: 'open-test' },
          { ...own, id: 'small-test', contextTokens: 4_000 },
          { ...own, id: 'toolless-test', capabilities: { tools: false } },
        ],
      };
    },
  });
});
beforeEach(() => stack.upstream.clear());
afterAll(() => stack.stop());

/** A user's turn in each protocol's words, with more content behind the text. */
const anthropic = (...more: object[]) => ({
  max_tokens: 100,
  messages: [{ role: 'user', content: [{ type: 'text', text }, ...more] }],
});
const chat = (...more: object[]) => ({ messages: [{ role: 'user', content: [{ type: 'text', text }, ...more] }] });
const responses = (...more: object[]) => ({
  input: [{ role: 'user', content: [{ type: 'input_text', text }, ...more] }],
});
const gemini = (...more: object[]) => ({ contents: [{ role: 'user', parts: [{ text }, ...more] }] });

const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } };
const seen = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: [image] }] };
const called = { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'look', input: {} }] };
const inResult = {
  ...{ max_tokens: 100, tools: [{ name: 'look', input_schema: { type: 'object' } }] },
  messages: [
    { role: 'user', content: text },
    called,
    seen,
    { role: 'assistant', content: 'a cat' },
    { role: 'user', content: 'sure?' },
  ],
};

const ask = (path: string, body: object | string) =>
  call(`${stack.url}${path}`, { headers: { ...bearer(stack), 'anthropic-version': '2023-06-01' }, body });
const geminiPath = (model: string) => `/v1beta/models/${model}:generateContent`;

test.each<[string, string, object, string, string]>([
  ['claude-test', '/v1/messages', anthropic(image), 'images', 'messages.0.content.1'],
  ['gpt-test', '/v1/messages', inResult, 'images', 'messages.2.content.0.content.0'],
  [
    'gpt-test',
    '/v1/chat/completions',
    chat({ type: 'image_url', image_url: { url: dataUrl } }),
    'images',
    'messages.0.content.1',
  ],
  [
    'claude-test',
    '/v1/chat/completions',
    chat({ type: 'file', file: { file_data: pdfUrl } }),
    'documents',
    'messages.0.content.1',
  ],
  ['gpt-test', '/v1/responses', responses({ type: 'input_image', image_url: dataUrl }), 'images', 'input.0.content.1'],
  [
    'gemini-test',
    '/v1/responses',
    responses({ type: 'input_file', file_data: pdfUrl }),
    'documents',
    'input.0.content.1',
  ],
  [
    'gemini-test',
    geminiPath('gemini-test'),
    gemini({ inlineData: { mimeType: 'image/png', data: png } }),
    'images',
    'contents.0.parts.1',
  ],
  [
    'claude-test',
    geminiPath('claude-test'),
    gemini({ inline_data: { mime_type: 'application/pdf', data: 'JVBERg==' } }),
    'documents',
    'contents.0.parts.1',
  ],
  ['toolless-test', '/v1/messages', { ...anthropic(), tools: inResult.tools }, 'tools', 'tools'],
])(
  '%s on %s refuses what it does not take before any channel is called, and nothing is charged',
  async (model, path, body, input, field) => {
    const answer = await ask(path, { model, ...body, stream: path.startsWith('/v1/') });
    expect(answer.status).toBe(400);
    expect(answer.headers['x-should-retry']).toBe('false');
    expect(answer.body.toString()).toContain(`${field}: the model ${model} takes no ${input}; leave them out`);
    expect(stack.upstream.requests).toEqual([]);
    const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
    expect(receipt).toMatchObject({ outcome: 'rejected', chargeNanoUsd: '0', attempts: [] });
    expect(receipt.model.requested).toBe(model);
  },
);

test.each<[string, string, object]>([
  ['claude-test', '/v1/messages', { ...anthropic(), tools: inResult.tools }],
  ['gpt-test', '/v1/chat/completions', chat()],
  ['gpt-test', '/v1/responses', responses()],
  ['gemini-test', geminiPath('gemini-test'), gemini()],
])('%s on %s: words and tools pass byte by byte to a model that takes no images', async (model, path, body) => {
  const sent = JSON.stringify({ future_field: [1e2], model, ...body }, undefined, 1).replace(
    '[\n  100\n ]',
    '[ 1.0e2 ]',
  );
  const answer = await ask(path, sent);
  expect(answer.status).toBe(200);
  expect(stack.upstream.requests.map((request) => request.body.toString())).toEqual([sent]);
});

test('words are put into another protocol for it as ever, and tokens are counted', async () => {
  const converted = await ask('/v1/messages', { model: 'gpt-test', ...anthropic() });
  expect([converted.status, converted.headers['x-bridge-converted']]).toEqual([200, '1']);
  const { max_tokens: _, ...counted } = anthropic(image);
  expect((await ask('/v1/messages/count_tokens', { model: 'claude-test', ...counted })).status).toBe(200);
});

test('a model of which nothing is known gets everything', async () => {
  const answer = await ask('/v1/messages', { model: 'exact-test', ...inResult });
  expect(answer.status).toBe(200);
  expect(stack.upstream.requests[0]?.body.toString()).toContain(png);
});

test('a fallback that cannot take the request is passed over for the next one, and staff see why', async () => {
  await earnRetries(stack);
  const long = { type: 'text', text: 'word '.repeat(6_000) };
  const body = {
    model: 'away-test',
    max_tokens: 100,
    messages: [{ role: 'user', content: [long, ...anthropic(image).messages[0]!.content] }],
  };
  const answer = await call(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
  expect([answer.status, answer.headers['x-bridge-model']]).toEqual([200, 'open-test']);
  const id = String(answer.headers['x-request-id']);
  expect((await receiptOf(stack, id)).model).toEqual({ requested: 'away-test', used: 'open-test' });
  const [row] = await stack.database.query<{ routing: { rejected: { model: string; reason: string }[] } }>(
    'SELECT routing FROM usage_record WHERE id = $1',
    [id],
  );
  expect(row?.routing.rejected.map(({ model, reason }) => [model, reason])).toEqual([
    ['gpt-test', 'the model takes no images (messages.0.content.2)'],
    ['small-test', "the prompt is longer than the model's context of 4000 tokens"],
  ]);
  const words = await call(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders(stack),
    body: { model: 'away-test', ...anthropic() },
  });
  expect(words.headers['x-bridge-model']).toBe('gpt-test');
});

test('lists say what a model takes: yes, no, or not known', async () => {
  const takes = { images: false, documents: false, tools: true };
  expect((await call(`${stack.url}/v1/models/gpt-test`, { headers: bearer(stack) })).json()).toMatchObject({ takes });
  expect((await call(`${stack.url}/v1/models/open-test`, { headers: anthropicHeaders(stack) })).json()).toMatchObject({
    ...{ takes: { images: null, documents: null, tools: null }, capabilities: null },
  });
});

test('what is changed is in force within moments', async () => {
  const body = { model: 'open-test', ...anthropic(image) };
  const set = (value: string) =>
    stack.database.query(`UPDATE model SET takes_images = ${value} WHERE id = 'open-test'`);
  await set('false');
  await expect.poll(async () => (await ask('/v1/messages', body)).status).toBe(400);
  await set('NULL');
  await expect.poll(async () => (await ask('/v1/messages', body)).status).toBe(200);
});
