import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBatchList, readBatchResult, readBatchState } from './batch-result.ts';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const result = (response: unknown, error: unknown = null) =>
  readBatchResult(json({ id: 'batch_req_1', custom_id: 'a', response, error }));

test('the usage of an answered request is read as that of a direct answer, whatever endpoint it is of', () => {
  const chat = { usage: { prompt_tokens: 12, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 2 } } };
  const told = result({ status_code: 200, request_id: 'r', body: chat });
  expect(told).toMatchObject({ kind: 'answered', usage: { input: 10, cacheRead: 2, output: 5 } });
  const responses = { output: [{ text: '"usage":{"output_tokens":9}' }], usage: { input_tokens: 7, output_tokens: 3 } };
  expect(result({ status_code: 200, body: responses })).toMatchObject({ usage: { input: 7, output: 3 } });
  expect(result({ status_code: 200, body: { object: 'list', usage: { prompt_tokens: 4 } } })).toMatchObject({
    usage: { input: 4 },
  });
});

test('a request that failed costs nothing, and an answer without usage is told apart', () => {
  expect(result({ status_code: 429, body: { usage: { prompt_tokens: 9 } } })).toEqual({ kind: 'failed' });
  expect(result(null, { code: 'batch_expired', message: 'expired' })).toEqual({ kind: 'failed' });
  expect(result({ status_code: 200, body: { id: 'x' } })).toEqual({ kind: 'answered', usage: undefined });
});

test.each(['<html>', '{"custom_id":"a","respon', '{}', '[]', '{"response":5}'])('%s is no line of results', (text) => {
  expect(readBatchResult(Buffer.from(text)).kind).toBe('unreadable');
});

test('no bytes make the reader fail', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => readBatchResult(Buffer.from(bytes)) !== undefined),
  );
});

test('a batch tells where it stands', () => {
  const batch = { id: 'batch_1', status: 'in_progress', input_file_id: 'file-1', created_at: 5 };
  expect(readBatchState(json({ ...batch, request_counts: { total: 3, completed: 1 } }))).toMatchObject({
    ...{ id: 'batch_1', status: 'in_progress', hasEnded: false, inputFileId: 'file-1', createdAtSeconds: 5 },
    ...{ outputFileId: undefined, completedLines: 1, usage: undefined },
  });
  const usage = { input_tokens: 9, output_tokens: 4, total_tokens: 13 };
  const over = readBatchState(json({ ...batch, status: 'cancelled', output_file_id: 'file-2', usage }));
  expect(over).toMatchObject({ hasEnded: true, outputFileId: 'file-2', usage: { input: 9, output: 4 } });
  expect(readBatchState(json({ error: {} }))).toBeUndefined();
  expect(readBatchList(json({ data: [batch, {}], has_more: true }))).toMatchObject({
    batches: [{ id: 'batch_1' }],
    hasMore: true,
  });
  expect(readBatchList(Buffer.from('<html>'))).toBeUndefined();
});
