import { sim } from '@ai-bridge/testing/upstream';
import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
let client: Anthropic;
beforeAll(async () => {
  stack = await startStack();
  client = new Anthropic({ authToken: stack.key, apiKey: null, baseURL: stack.url, maxRetries: 0 });
});
beforeEach(() => stack.upstream.clear());
afterAll(() => stack.stop());

const ask = (content: string) => ({
  model: 'claude-test',
  max_tokens: 200,
  messages: [{ role: 'user' as const, content }],
});

test('messages.create answers, whichever header carries the key', async () => {
  const byHeader = new Anthropic({
    apiKey: null,
    authToken: null,
    baseURL: stack.url,
    maxRetries: 0,
    defaultHeaders: { 'x-api-key': stack.key },
  });
  for (const one of [client, new Anthropic({ apiKey: stack.key, baseURL: stack.url, maxRetries: 0 }), byHeader]) {
    const message = await one.messages.create(ask(sim({ chunks: 2, echoNonce: 'n1' })));
    expect(message.content[0]).toMatchObject({ type: 'text', text: expect.stringContaining('n1') });
    expect(message.usage.output_tokens).toBe(2);
  }
});

test('messages.stream assembles thinking, text and usage', async () => {
  const message = await client.messages
    .stream(ask(sim({ chunks: 4, thinking: 3, gapMs: 5, inputTokens: 33, usage: { cacheRead: 7 } })))
    .finalMessage();
  expect(message.content.map((block) => block.type)).toEqual(['thinking', 'text']);
  expect(message.usage).toMatchObject({ input_tokens: 33, cache_read_input_tokens: 7, output_tokens: 7 });
  expect(message.stop_reason).toBe('end_turn');
});

test('a tool is called and its result comes back in the next turn', async () => {
  const tools: Anthropic.Tool[] = [
    {
      name: 'read_file',
      input_schema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
    },
  ];
  const first = ask(sim({ toolPath: '/data/file' }));
  const call = await client.messages.stream({ ...first, tools }).finalMessage();
  const use = call.content.find((block) => block.type === 'tool_use');
  expect(use).toMatchObject({ name: 'read_file', input: { path: '/data/file' } });
  const answer = await client.messages.create({
    ...first,
    tools,
    messages: [
      ...first.messages,
      { role: 'assistant', content: call.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: use!.id, content: 'forty-two' }] },
    ],
  });
  expect(answer.content[0]).toMatchObject({ type: 'text', text: 'The tool said: forty-two' });
});

test('an image goes up byte for byte', async () => {
  const data = Buffer.alloc(3_000, 7).toString('base64');
  await client.messages.create({
    model: 'claude-test',
    max_tokens: 100,
    messages: [
      { role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }] },
    ],
  });
  expect(JSON.stringify(stack.upstream.requests[0]?.json)).toContain(data);
});

test('messages.countTokens counts and costs nothing', async () => {
  const before = await stack.atRest();
  const { max_tokens: _, ...request } = ask(sim({ inputTokens: 77 }));
  expect((await client.messages.countTokens(request)).input_tokens).toBe(77);
  expect((await stack.atRest()).postedNanoUsd).toBe(before.postedNanoUsd);
});

test('models.list and models.retrieve name what the key may use', async () => {
  const ids = [];
  for await (const model of client.models.list({ limit: 2 })) ids.push(model.id);
  expect(ids).toEqual(expect.arrayContaining(['claude-test', 'gpt-test', 'gemini-test']));
  expect(new Set(ids).size).toBe(ids.length);
  expect(await client.models.retrieve('claude-test')).toMatchObject({ id: 'claude-test', type: 'model' });
});

test('a stream that its caller aborts ends upstream as well', async () => {
  const stream = client.messages.stream(ask(sim({ chunks: 3_000, gapMs: 10, echoNonce: 'aborted' })));
  await new Promise((resolve) => stream.once('text', resolve));
  stream.done().catch(() => {});
  stream.abort();
  await expect.poll(() => stack.upstream.requests[0]?.isClosedEarly, { timeout: 20_000 }).toBe(true);
});
