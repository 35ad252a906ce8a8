import http from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FakeUpstream, startFakeUpstream } from './index.ts';
import { type Script, scriptOf, sim } from './script.ts';

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
beforeEach(() => upstream.clear());
afterAll(() => upstream.stop());

const message = (script: Partial<Script>, more: object = {}) => ({
  model: 'claude-test',
  max_tokens: 100,
  messages: [{ role: 'user', content: `hello ${sim(script)} and more text` }],
  ...more,
});

async function post(path: string, body: unknown): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(`${upstream.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const eventNames = (text: string) => [...text.matchAll(/^event: (.*)$/gm)].map((match) => match[1]);

test('a script is found inside any string of the prompt, the last one wins and text behind it is ignored', () => {
  const body = {
    messages: [{ content: 'x SIM:{"chunks":1}' }, { content: [{ text: 'SIM:{"chunks":2,"usage":{"output":7}} }' }] }],
  };
  expect(scriptOf(body)).toMatchObject({ chunks: 2, usage: { output: 7 }, textBytes: 8 });
});

test('an anthropic stream has its events in true order and reports one output token per chunk', async () => {
  const { text } = await post('/v1/messages', message({ chunks: 3 }, { stream: true }));
  expect(eventNames(text)).toEqual([
    'message_start',
    'content_block_start',
    'ping',
    ...Array(3).fill('content_block_delta'),
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
  expect(text).toContain('"output_tokens":3');
  expect(upstream.requests[0]).toMatchObject({ tokensEmitted: 3, isFinished: true, isClosedEarly: false });
  expect(upstream.requests[0]?.sent.toString()).toBe(text);
});

test('a chat stream carries its usage chunk only when asked and ends with [DONE]', async () => {
  const body = { model: 'gpt-test', stream: true, messages: [{ role: 'user', content: sim({ chunks: 2 }) }] };
  const without = await post('/v1/chat/completions', body);
  expect(without.text).not.toContain('usage');
  expect(without.text.endsWith('data: [DONE]\n\n')).toBe(true);
  const asked = await post('/v1/chat/completions', { ...body, stream_options: { include_usage: true } });
  expect(asked.text).toContain('"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":2');
});

test('a responses stream numbers its events from zero without gaps', async () => {
  const { text } = await post('/v1/responses', {
    model: 'gpt-test',
    stream: true,
    input: sim({ chunks: 2, thinking: 2 }),
  });
  const numbers = [...text.matchAll(/"sequence_number":(\d+)/g)].map((match) => Number(match[1]));
  expect(numbers).toEqual(numbers.map((_, index) => index));
  expect(eventNames(text).at(-1)).toBe('response.completed');
});

test('a gemini stream repeats cumulative usage and finishes on its last chunk', async () => {
  const body = { contents: [{ role: 'user', parts: [{ text: sim({ chunks: 4 }) }] }] };
  const { text } = await post('/v1beta/models/gemini-test:streamGenerateContent?alt=sse', body);
  const counts = [...text.matchAll(/"candidatesTokenCount":(\d+)/g)].map((match) => Number(match[1]));
  expect(counts).toEqual([1, 2, 3, 4]);
  expect(text.match(/"finishReason":"STOP"/g)).toHaveLength(1);
});

test('an offered file tool is called with the path of the script, and its result is in the answer afterwards', async () => {
  const tools = [{ name: 'Read', input_schema: { type: 'object', properties: { file_path: { type: 'string' } } } }];
  const first = await post('/v1/messages', message({ toolPath: '/a/b' }, { tools }));
  expect(JSON.parse(first.text)).toMatchObject({
    stop_reason: 'tool_use',
    content: [{ type: 'tool_use', name: 'Read', input: { file_path: '/a/b' } }],
  });
  const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'x', content: 'the content' }] };
  const second = await post('/v1/messages', { ...message({}), tools, messages: [result] });
  expect(JSON.parse(second.text).content[0].text).toBe('The tool said: the content');
});

test('an error status comes in the protocol of the path, with its retry-after', async () => {
  const { status, text, headers } = await post('/v1/messages', message({ status: 529, retryAfter: 3 }));
  expect([status, headers.get('retry-after')]).toEqual([529, '3']);
  expect(JSON.parse(text).error.type).toBe('overloaded_error');
});

test('a cut stream breaks off after that many chunks', async () => {
  await expect(post('/v1/messages', message({ chunks: 5, cutAfter: 2 }, { stream: true }))).rejects.toThrow();
  expect(upstream.requests[0]).toMatchObject({ tokensEmitted: 2, isFinished: false });
});

test('an error event stands in for the rest of the stream', async () => {
  const { text } = await post('/v1/messages', message({ chunks: 5, errorEventAfter: 0 }, { stream: true }));
  expect(eventNames(text)).toEqual(['message_start', 'error']);
});

test('held streams wait for their release together', async () => {
  const all = [1, 2, 3].map(() => post('/v1/messages', message({ hold: 'gate' }, { stream: true })));
  await expect.poll(() => upstream.waiting('gate')).toBe(3);
  upstream.release('gate');
  for (const { text } of await Promise.all(all)) expect(eventNames(text).at(-1)).toBe('message_stop');
});

test('a client that leaves is seen as an early close', async () => {
  const request = http.request(`${upstream.url}/v1/messages`, { method: 'POST' });
  request.on('error', () => {});
  request.end(JSON.stringify(message({ hold: 'never' }, { stream: true })));
  await expect.poll(() => upstream.waiting('never')).toBe(1);
  request.destroy();
  await expect.poll(() => upstream.requests[0]?.isClosedEarly).toBe(true);
});

test('odd TCP cuts and CRLF framing change the framing and nothing else', async () => {
  const plain = await post('/v1/messages', message({ chunks: 3 }, { stream: true }));
  const cut = await post('/v1/messages', message({ chunks: 3, crlf: true, chunkBytes: 7 }, { stream: true }));
  const normal = (text: string) => text.replaceAll('\r\n', '\n').replace(/msg_\w+/g, '');
  expect(normal(cut.text)).toBe(normal(plain.text));
  expect(cut.text).toContain('\r\n\r\n');
});
