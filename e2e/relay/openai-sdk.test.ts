import { sim } from '@ai-bridge/testing/upstream';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectedCharge, receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
let client: OpenAI;
beforeAll(async () => {
  stack = await startStack();
  client = new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1`, maxRetries: 0 });
});
beforeEach(() => stack.upstream.clear());
afterAll(() => stack.stop());

const user = (content: string) => [{ role: 'user' as const, content }];

test('chat.completions.create answers', async () => {
  const completion = await client.chat.completions.create({
    model: 'gpt-test',
    messages: user(sim({ chunks: 3, echoNonce: 'n2' })),
  });
  expect(completion.choices[0]?.message.content).toContain('n2');
  expect(completion.usage?.completion_tokens).toBe(3);
});

test('a chat stream that did not ask for usage gets none, although the relay meters it', async () => {
  const stream = await client.chat.completions.create({
    model: 'gpt-test',
    messages: user(sim({ chunks: 3 })),
    stream: true,
  });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(chunks.every((chunk) => chunk.choices.length === 1)).toBe(true);
  expect(chunks.some((chunk) => chunk.usage)).toBe(false);
  expect(stack.upstream.requests[0]?.json).toMatchObject({ stream_options: { include_usage: true } });
});

test('a chat stream that asked for usage gets it once, at the end', async () => {
  const stream = client.chat.completions.stream({
    model: 'gpt-test',
    messages: user(sim({ chunks: 6, inputTokens: 9 })),
    stream_options: { include_usage: true },
  });
  expect(await stream.totalUsage()).toMatchObject({ prompt_tokens: 9, completion_tokens: 6, total_tokens: 15 });
});

test('chat tools: the call streams and the result comes back', async () => {
  const tools: OpenAI.ChatCompletionTool[] = [
    {
      type: 'function',
      function: { name: 'read_file', parameters: { type: 'object', properties: { path: { type: 'string' } } } },
    },
  ];
  const messages: OpenAI.ChatCompletionMessageParam[] = user(sim({ toolPath: '/data/file' }));
  const first = await client.chat.completions.stream({ model: 'gpt-test', messages, tools }).finalMessage();
  const call = first.tool_calls?.[0];
  expect(call).toMatchObject({ type: 'function', function: { name: 'read_file', arguments: '{"path":"/data/file"}' } });
  const second = await client.chat.completions.create({
    model: 'gpt-test',
    tools,
    messages: [...messages, first, { role: 'tool', tool_call_id: call!.id, content: 'forty-two' }],
  });
  expect(second.choices[0]?.message.content).toBe('The tool said: forty-two');
});

test('chat image parts go up unchanged', async () => {
  const url = `data:image/png;base64,${Buffer.alloc(900, 3).toString('base64')}`;
  await client.chat.completions.create({
    model: 'gpt-test',
    messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url, detail: 'high' } }] }],
  });
  expect(JSON.stringify(stack.upstream.requests[0]?.json)).toContain(url);
});

test('responses.create answers and streams', async () => {
  const input = `hello ${sim({ chunks: 3, thinking: 2, inputTokens: 12 })}`;
  const whole = await client.responses.create({ model: 'gpt-test', input });
  expect(whole.output_text).toContain('w2');
  const streamed = await client.responses.stream({ model: 'gpt-test', input }).finalResponse();
  expect(streamed.output_text).toBe(whole.output_text);
  expect(streamed.usage).toMatchObject({ input_tokens: 12, output_tokens: 5 });
});

test('responses tools: the call streams whole', async () => {
  const response = await client.responses
    .stream({
      model: 'gpt-test',
      input: sim({ toolPath: '/x' }),
      tools: [
        {
          type: 'function',
          name: 'read_file',
          strict: false,
          parameters: { type: 'object', properties: { path: { type: 'string' } } },
        },
      ],
    })
    .finalResponse();
  expect(response.output[0]).toMatchObject({ type: 'function_call', name: 'read_file', arguments: '{"path":"/x"}' });
});

test('embeddings.create answers in the base64 form that the SDK asks for', async () => {
  const { data, usage } = await client.embeddings.create({ model: 'gpt-test', input: ['a', 'b'] });
  expect(data).toHaveLength(2);
  expect(data[0]?.embedding).toHaveLength(8);
  expect(usage.total_tokens).toBe(10);
});

test('models.list and models.retrieve speak the OpenAI shape', async () => {
  const page = await client.models.list();
  expect(page.object).toBe('list');
  expect(page.data.map((model) => model.id)).toEqual(expect.arrayContaining(['claude-test', 'gpt-test']));
  expect(await client.models.retrieve('gpt-test')).toMatchObject({ id: 'gpt-test', object: 'model' });
});

test('models are listed and retrieved under /v1/openai too, and only OpenAI’s', async () => {
  const passthrough = new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1/openai`, maxRetries: 0 });
  const page = await passthrough.models.list();
  expect(page.data.map(({ id }) => id)).toEqual(['gpt-test']);
  expect((await passthrough.models.retrieve('gpt-test')).id).toBe('gpt-test');
  await expect(passthrough.models.retrieve('claude-test')).rejects.toMatchObject({ status: 404 });
});

test('the passthrough routes under /v1/openai reach the upstream', async () => {
  const through = new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1/openai`, maxRetries: 0 });
  const completion = await through.chat.completions.create({ model: 'gpt-test', messages: user(sim({ chunks: 2 })) });
  expect(completion.usage?.completion_tokens).toBe(2);
  expect(stack.upstream.requests[0]?.path).toBe('/v1/chat/completions');
});

test('a sound goes up in a form byte for byte, is written down, and is paid for by its tokens', async () => {
  const through = new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1/openai`, maxRetries: 0 });
  const sound = Buffer.alloc(300_000, 7);
  const { data, response } = await through.audio.transcriptions
    .create({ model: 'gpt-test', file: await toFile(sound, 'sound.wav') })
    .withResponse();
  expect(data.text).toBe('what was said');
  expect(stack.upstream.requests[0]?.body.includes(sound)).toBe(true);
  const receipt = await receiptOf(stack, response.headers.get('x-request-id') ?? '');
  expect(receipt.usage).toMatchObject({ input: 10, output: 4, source: 'reported' });
  expect(BigInt(receipt.chargeNanoUsd)).toBe(expectedCharge('gpt-test', { input: 10, output: 4 }));
});

test('a form without a model, or with two, is refused before anything is sent', async () => {
  const through = new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1/openai`, maxRetries: 0 });
  const form = new FormData();
  form.append('file', new Blob(['x']), 'x.wav');
  const send = (body: FormData) => through.post('/audio/transcriptions', { body });
  await expect(send(form)).rejects.toMatchObject({ status: 400, param: 'model' });
  form.append('model', 'gpt-test');
  form.append('model', 'claude-test');
  await expect(send(form)).rejects.toMatchObject({ status: 400 });
  expect(stack.upstream.requests).toHaveLength(0);
});
