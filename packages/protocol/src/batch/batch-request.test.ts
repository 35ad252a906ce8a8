import { RelayError } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { readBatchLine, readBatchRequest } from './batch-request.ts';

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof RelayError) return `${error.detail.path ?? ''}: ${error.detail.reason}`;
  }
  return 'accepted';
};
const json = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const line = (change: object = {}, body: object = {}) =>
  json({
    custom_id: 'a',
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model: 'gpt-test', messages: [{ role: 'user', content: 'hello there' }], ...body },
    ...change,
  });

test('a request to make a batch names its file and an endpoint whose usage pays for it', () => {
  const asked = { input_file_id: 'file-1', endpoint: '/v1/responses', completion_window: '24h' };
  expect(readBatchRequest(json(asked))).toEqual({ inputFileId: 'file-1', endpoint: '/v1/responses' });
  expect(refusal(() => readBatchRequest(json({ ...asked, endpoint: '/v1/videos' })))).toMatch(/^endpoint: must be one/);
  expect(refusal(() => readBatchRequest(json({ endpoint: '/v1/responses' })))).toBe('input_file_id: is required');
  // Nobody can name one file to us and another to the upstream.
  const twice = '{"input_file_id":"file-1","input_file_id":"file-2","endpoint":"/v1/responses"}';
  expect(refusal(() => readBatchRequest(json(twice)))).toBe('input_file_id: is there more than once');
});

test('a line tells its model, its caps and its own body', () => {
  const read = readBatchLine(line({}, { max_completion_tokens: 50, n: 2 }), '/v1/chat/completions');
  expect(read.head).toMatchObject({ model: 'gpt-test', maxOutputTokens: 50, choices: 2 });
  expect(JSON.parse(read.body.toString())).toMatchObject({ model: 'gpt-test', n: 2 });
  const embedding = json({ custom_id: 'a', method: 'POST', url: '/v1/embeddings', body: { model: 'e', input: 'x' } });
  expect(readBatchLine(embedding, '/v1/embeddings').head).toMatchObject({ model: 'e' });
});

test.each([
  ['no JSON', 'hello', /JSON|object/],
  ['no id', line({ custom_id: undefined }), /^custom_id: is required/],
  ['an empty id', line({ custom_id: '' }), /^custom_id/],
  ['another method', line({ method: 'GET' }), /^method: must be POST/],
  ['another url', line({ url: '/v1/responses' }), /^url: must be/],
  ['no body', line({ body: [] }), /^body: must be an object/],
  ['no model', line({}, { model: undefined }), /^body\.model: is required/],
  ['a bad cap', line({}, { max_tokens: -1 }), /^body\.max_tokens/],
  ['a stream', line({}, { stream: true }), /^body\.stream: must not be true/],
  ['two models', line({}, {}).toString().replace('"model"', '"model":"other","model"'), /^body\.model: is there more/],
])('a line with %s is refused by the name of the field', (_, text, message) => {
  expect(refusal(() => readBatchLine(json(text.toString()), '/v1/chat/completions'))).toMatch(message);
});
