import { expect, test } from 'vitest';
import { whyIllegal } from '../neutral/legal.ts';
import { anthropicCodec } from './index.ts';
import { context, origin, recorded } from './sdk.fixture.ts';

const decode = (body: unknown) =>
  anthropicCodec.decodeBody(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), origin);

const message = {
  id: 'msg_9',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-6',
  content: [
    { type: 'thinking', thinking: 'hm', signature: 'SIG' },
    { type: 'redacted_thinking', data: 'RED' },
    { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'q' } },
    { type: 'text', text: 'It is so.', citations: [{ type: 'char_location', cited_text: 'so', document_title: 'T' }] },
    { type: 'tool_use', id: 'toolu_1', name: 'f', input: { b: 1, a: [2] } },
  ],
  stop_reason: 'tool_use',
  stop_sequence: null,
  stop_details: null,
  usage: { input_tokens: 3, output_tokens: 8, cache_read_input_tokens: 1, cache_creation_input_tokens: 0 },
};

test('a message that was decoded and encoded is the same, but for id, model and untold usage', () => {
  const events = decode(message);
  expect(whyIllegal(events)).toBeUndefined();
  const again = JSON.parse(anthropicCodec.encodeBody(events, context));
  expect(again).toMatchObject({ ...message, id: 'msg_req_1', model: 'asked' });
});

test('the recorded body becomes a legal sequence with its usage', () => {
  const events = anthropicCodec.decodeBody(recorded('message.body.json'), origin);
  expect(whyIllegal(events)).toBeUndefined();
  expect(events).toContainEqual({
    type: 'usage',
    usage: { input: 3, cacheRead: 10, cacheWrite5m: 5, cacheWrite1h: 15, output: 8, reasoning: 2 },
  });
});

test('numbers beyond 2^53 in the input of a call keep their digits', () => {
  const body =
    '{"content":[{"type":"tool_use","id":"a","name":"f","input":{"id": 12345678901234567890,"t":"1234567890123456789"}}]}';
  expect(decode(body)).toContainEqual({
    type: 'delta',
    index: 0,
    text: '{"id":12345678901234567890,"t":"1234567890123456789"}',
  });
});

test.each([
  [{ type: 'error', error: { type: 'overloaded_error', message: 'busy' } }, 'overloaded_error'],
  ['<html>', 'error'],
  [{ input_tokens: 4 }, 'error'],
])('%j is an error', (body, type) => {
  expect(decode(body)).toEqual([{ type: 'error', error: expect.objectContaining({ type }) }]);
});
