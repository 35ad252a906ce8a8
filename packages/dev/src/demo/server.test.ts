import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoUpstream, startDemoUpstream } from './server.ts';

let demo: DemoUpstream;
let anthropic: Anthropic;
let openai: OpenAI;

beforeAll(async () => {
  demo = await startDemoUpstream({ pieceDelayMs: 0 });
  anthropic = new Anthropic({ apiKey: 'none', baseURL: demo.url, maxRetries: 0 });
  openai = new OpenAI({ apiKey: 'none', baseURL: `${demo.url}/v1`, maxRetries: 0 });
});

afterAll(() => demo.stop());

const weather = { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] };

test('Anthropic: the SDK reads a stream whose text and usage equal the answer without a stream', async () => {
  const request = {
    model: 'claude-x',
    max_tokens: 1000,
    messages: [{ role: 'user' as const, content: 'Hello there' }],
  };
  const whole = await anthropic.messages.create(request);
  const streamed = await anthropic.messages.stream(request).finalMessage();
  expect(streamed.content).toEqual(whole.content);
  expect(streamed.usage.output_tokens).toBe(whole.usage.output_tokens);
  expect(streamed.usage.input_tokens).toBe(whole.usage.input_tokens);
  expect(whole.stop_reason).toBe('end_turn');
  expect(JSON.stringify(whole.content)).toContain('demo channel');
  const { input_tokens } = await anthropic.messages.countTokens({ model: request.model, messages: request.messages });
  expect(input_tokens).toBe(whole.usage.input_tokens);
});

test('Anthropic: an offered tool that the person names is called, and its result is answered in words', async () => {
  const tools = [{ name: 'get_weather', input_schema: weather }];
  const ask = { role: 'user' as const, content: 'get_weather please' };
  const called = await anthropic.messages.stream({ model: 'm', max_tokens: 99, tools, messages: [ask] }).finalMessage();
  expect(called.stop_reason).toBe('tool_use');
  const block = called.content[0] as Anthropic.ToolUseBlock;
  expect(block).toMatchObject({ type: 'tool_use', name: 'get_weather', input: { city: 'get_weather please' } });
  const result = { type: 'tool_result' as const, tool_use_id: block.id, content: 'rain, 7 degrees' };
  const answered = await anthropic.messages.create({
    model: 'm',
    max_tokens: 99,
    tools,
    messages: [ask, { role: 'assistant', content: called.content }, { role: 'user', content: [result] }],
  });
  expect(JSON.stringify(answered.content)).toContain('rain, 7 degrees');
});

test('Chat: the SDK reads a stream whose text and usage equal the answer without a stream', async () => {
  const request = { model: 'gpt-x', messages: [{ role: 'user' as const, content: '你好' }] };
  const whole = await openai.chat.completions.create(request);
  const stream = openai.chat.completions.stream({ ...request, stream_options: { include_usage: true } });
  const streamed = await stream.finalChatCompletion();
  expect(streamed.choices[0]!.message.content).toBe(whole.choices[0]!.message.content);
  expect(streamed.usage).toEqual(whole.usage);
  expect(whole.choices[0]!.message.content).toContain('演示渠道');
});

test('Chat: no usage chunk is sent to one who did not ask, and a tool call arrives whole', async () => {
  const tools = [{ type: 'function' as const, function: { name: 'get_weather', parameters: weather } }];
  const messages = [{ role: 'user' as const, content: 'use a tool' }];
  const stream = openai.chat.completions.stream({ model: 'gpt-x', messages, tools });
  for await (const chunk of stream) expect(chunk.choices).toHaveLength(1);
  const streamed = await stream.finalChatCompletion();
  expect(streamed.choices[0]!.finish_reason).toBe('tool_calls');
  const call = streamed.choices[0]!.message.tool_calls![0] as { function: { name: string; arguments: string } };
  expect(call.function.name).toBe('get_weather');
  expect(JSON.parse(call.function.arguments)).toEqual({ city: 'use a tool' });
});

test('Responses: the SDK reads a stream whose text and usage equal the answer without a stream', async () => {
  const request = { model: 'gpt-x', input: 'Hello there' };
  const whole = await openai.responses.create(request);
  const streamed = await openai.responses.stream(request).finalResponse();
  expect(streamed.output_text).toBe(whole.output_text);
  expect(streamed.output_text).toContain('demo channel');
  expect(streamed.usage).toEqual(whole.usage);
  const cut = await openai.responses.create({ ...request, max_output_tokens: 16 });
  expect(cut.status).toBe('incomplete');
  expect(cut.usage!.output_tokens).toBe(16);
});

test('Embeddings: equal texts have equal vectors in both encodings', async () => {
  const given = await openai.embeddings.create({ model: 'e', input: ['a', 'b', 'a'], encoding_format: 'float' });
  expect(given.data[0]!.embedding).toEqual(given.data[2]!.embedding);
  expect(given.data[0]!.embedding).not.toEqual(given.data[1]!.embedding);
  const decoded = await openai.embeddings.create({ model: 'e', input: 'a' });
  expect([...decoded.data[0]!.embedding]).toEqual(given.data[0]!.embedding);
});

interface GeminiChunk {
  candidates: { content: { parts: { text: string }[] }; finishReason?: string }[];
  usageMetadata: { candidatesTokenCount: number; totalTokenCount: number };
}

test('Gemini: a stream without event names or [DONE], usage cumulative, the reason on the last chunk only', async () => {
  const body = JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] });
  const post = (action: string) => fetch(`${demo.url}/v1beta/models/gemini-x:${action}`, { method: 'POST', body });
  const text = await (await post('streamGenerateContent?alt=sse')).text();
  expect(text).not.toMatch(/^event:|\[DONE\]/m);
  const chunks = text
    .trim()
    .split('\n\n')
    .map((record) => JSON.parse(record.replace(/^data: /, '')) as GeminiChunk);
  expect(chunks.filter((chunk) => chunk.candidates[0]!.finishReason)).toEqual([chunks.at(-1)]);
  const whole = (await (await post('generateContent')).json()) as GeminiChunk;
  const joined = chunks.map((chunk) => chunk.candidates[0]!.content.parts[0]!.text).join('');
  expect(joined).toBe(whole.candidates[0]!.content.parts[0]!.text);
  expect(chunks.at(-1)!.usageMetadata).toEqual(whole.usageMetadata);
});

test('a body that is not a JSON object is a 400 in the shape of its protocol', async () => {
  const bad = await fetch(`${demo.url}/v1/messages`, { method: 'POST', body: '[1' });
  expect(bad.status).toBe(400);
  expect(await bad.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
});
