import { RelayError } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { deletedObject, readObjectPath } from './object-path.ts';

test.each([
  ['/v1/files', 'file', [], []],
  ['/v1/files/', 'file', [], []],
  ['/v1/openai/files?after=file-1&limit=3', 'file', [], []],
  ['/v1/openai/v1/files/file-abc/content', 'file', ['file file-abc'], ['content']],
  ['/files/file_011CN', 'file', ['file file_011CN'], []],
  ['/v1/batches/batch_1/cancel', 'batch', ['batch batch_1'], ['cancel']],
  ['/v1/responses/resp_1/input_items?limit=2', 'response', ['response resp_1'], ['input_items']],
  ['/v1/responses/compact', 'response', [], ['compact']],
  ['/v1/responses/input_tokens', 'response', [], ['input_tokens']],
  ['/v1/chat/completions', 'chat_completion', [], []],
  ['/v1/chat/completions/chatcmpl-1/messages', 'chat_completion', ['chat_completion chatcmpl-1'], ['messages']],
  ['/v1/uploads/upload_1/parts', 'upload', ['upload upload_1'], ['parts']],
  ['/v1/vector_stores/vs_1/search', 'vector_store', ['vector_store vs_1'], ['search']],
  ['/v1/vector_stores/vs_1/files', 'vector_store', ['vector_store vs_1'], ['files']],
  ['/v1/vector_stores/vs_1/files/file_1/content', 'vector_store', ['vector_store vs_1', 'file file_1'], ['content']],
  ['/v1/vector_stores/vs_1/file_batches/vsfb_1', 'vector_store', ['vector_store vs_1'], ['file_batches', 'vsfb_1']],
  ['/v1/fine_tuning/jobs/ftjob-1/events', 'fine_tuning_job', ['fine_tuning_job ftjob-1'], ['events']],
  ['/v1/messages/batches/msgbatch_1/results', 'message_batch', ['message_batch msgbatch_1'], ['results']],
  ['/v1/containers/cntr_1/files/cfile_1', 'container', ['container cntr_1'], ['files', 'cfile_1']],
  ['/v1/videos/video_1/remix', 'video', ['video video_1'], ['remix']],
  ['/v1/videos/edits', 'video', [], ['edits']],
])('%s', (path, kind, refs, rest) => {
  const found = readObjectPath(path);
  expect(found && { ...found, refs: found.refs.map((ref) => `${ref.kind} ${ref.id}`) }).toEqual({ kind, refs, rest });
});

test.each(['/v1/embeddings', '/v1/chat', '/v1/messages', '/v1/models/a%2Fb@c', '/', ''])('%s keeps nothing', (path) => {
  expect(readObjectPath(path)).toBeUndefined();
});

test.each([
  '/v1/files/../batches/batch_1',
  '/v1/models/../files/file_1',
  '/v1/files/file%5f1',
  '/v1/models/%2e%2E/files/file_1',
  '/v1/models/..%2ffiles%2ffile_1',
  '/v1/models/%zz',
  '/v1/files//file_1',
  '/v1/files/./file_1',
  '/v1/files/file_1\\content',
])('%s is refused: an upstream could read it differently', (path) => {
  expect(() => readObjectPath(path)).toThrow(RelayError);
});

test('what a request deletes', () => {
  expect(deletedObject('DELETE', '/v1/files/file_1')).toEqual({ kind: 'file', id: 'file_1' });
  expect(deletedObject('GET', '/v1/files/file_1')).toBeUndefined();
  expect(deletedObject('DELETE', '/v1/vector_stores/vs_1/files/file_1')).toBeUndefined();
  expect(deletedObject('DELETE', '/v1/conversations/conv_1/items/msg_1')).toBeUndefined();
});
