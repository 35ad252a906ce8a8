import { sim, startFakeUpstream } from '@ai-bridge/testing/upstream';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The other tests are worth as much as the fake upstream is true to life: the official clients must accept it bare.
let upstream: Awaited<ReturnType<typeof startFakeUpstream>>;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
afterAll(() => upstream.stop());

const content = `hello ${sim({ chunks: 3, thinking: 2, inputTokens: 21 })}`;

test('the Anthropic SDK assembles its stream, thinking and usage included', async () => {
  const client = new Anthropic({ apiKey: 'k', baseURL: upstream.url, maxRetries: 0 });
  const stream = client.messages.stream({
    model: 'claude-test',
    max_tokens: 100,
    messages: [{ role: 'user', content }],
  });
  const message = await stream.finalMessage();
  expect(message.content.map((block) => block.type)).toEqual(['thinking', 'text']);
  expect(message.usage).toMatchObject({ input_tokens: 21, output_tokens: 5 });
});

test('the OpenAI SDK assembles its chat stream', async () => {
  const client = new OpenAI({ apiKey: 'k', baseURL: `${upstream.url}/v1`, maxRetries: 0 });
  const stream = client.chat.completions.stream({
    model: 'gpt-test',
    messages: [{ role: 'user', content }],
    stream_options: { include_usage: true },
  });
  expect(await stream.finalContent()).toContain('w2');
  expect(await stream.totalUsage()).toMatchObject({ prompt_tokens: 21, completion_tokens: 5 });
});

test('the OpenAI SDK assembles its responses stream', async () => {
  const client = new OpenAI({ apiKey: 'k', baseURL: `${upstream.url}/v1`, maxRetries: 0 });
  const response = await client.responses.stream({ model: 'gpt-test', input: content }).finalResponse();
  expect(response.output_text).toContain('w2');
  expect(response.usage).toMatchObject({ input_tokens: 21, output_tokens: 5 });
});
