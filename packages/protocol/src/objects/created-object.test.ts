import { describe, expect, test } from 'vitest';
import { createdObjects, maxAnswerBytes } from './created-object.ts';

function created(call: string, body: unknown): string[] {
  const [method = '', path = ''] = call.split(' ');
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return createdObjects(method, path, Buffer.from(text)).map(({ kind, id }) => `${kind} ${id}`);
}

describe('createdObjects', () => {
  test.each([
    ['POST /v1/files', { object: 'file', id: 'file-1', filename: 'id' }, ['file file-1']],
    ['POST /v1/openai/batches', { id: 'batch_1', input_file_id: 'file-1', output_file_id: null }, ['batch batch_1']],
    ['POST /v1/uploads', { id: 'upload_1', file: null }, ['upload upload_1']],
    ['POST /v1/uploads/upload_1/complete', { id: 'upload_1', file: { id: 'file-2' } }, ['file file-2']],
    ['POST /v1/vector_stores', { id: 'vs_1', file_counts: {} }, ['vector_store vs_1']],
    ['POST /v1/vector_stores/vs_1/files', { id: 'file-1', vector_store_id: 'vs_1' }, []],
    ['GET /v1/files/file-1', { id: 'file-1' }, []],
    [
      'GET /v1/batches/b',
      { id: 'b', output_file_id: 'file-o', error_file_id: 'file-e' },
      ['file file-o', 'file file-e'],
    ],
    ['GET /v1/fine_tuning/jobs/j', { id: 'j', result_files: ['file-r', 'file-s'] }, ['file file-r', 'file file-s']],
    ['POST /v1/videos/video_1/remix', { id: 'video_2', remixed_from_video_id: 'video_1' }, ['video video_2']],
    ['POST /v1/responses/compact', { id: 'resp_9' }, []],
    ['POST /v1/responses/resp_1/cancel', { id: 'resp_1' }, []],
    ['POST /v1/embeddings', { id: 'x' }, []],
    ['POST /v1/files', [], []],
    ['POST /v1/files', '<html>', []],
    ['POST /v1/files', '', []],
  ])('%s %j', (call, body, expected) => {
    expect(created(call, body)).toEqual(expected);
  });

  test('a response, and the containers that its tools made', () => {
    const response = {
      id: 'resp_1',
      metadata: { id: 'resp_other' },
      output: [
        { type: 'code_interpreter_call', id: 'ci_1', container_id: 'cntr_1' },
        { type: 'message', id: 'msg_1', content: [{ annotations: [{ container_id: 'cntr_1', file_id: 'cfile_1' }] }] },
      ],
    };
    expect(created('POST /v1/responses', response)).toEqual(['response resp_1', 'container cntr_1']);
  });

  test('a streamed response, from its first event', () => {
    const event = JSON.stringify({
      type: 'response.created',
      response: { id: 'resp_1', output: [] },
      sequence_number: 0,
    });
    const expected = ['response resp_1'];
    expect(
      created('POST /v1/responses', `event: response.created\ndata: ${event}\n\nevent: x\ndata: {"id":"y"}`),
    ).toEqual(expected);
    expect(created('POST /v1/responses', `data:${event}\r\n\r\n`)).toEqual(expected);
    expect(created('POST /v1/responses', ': hello\n\nid: 4\n')).toEqual([]);
  });

  test('the beginning of an answer is enough, and no more of it is looked at', () => {
    const text = JSON.stringify({
      id: 'resp_1',
      instructions: 'x'.repeat(maxAnswerBytes),
      tail: { container_id: 'late' },
    });
    expect(created('POST /v1/responses', text)).toEqual(['response resp_1']);
    expect(created('POST /v1/responses', text.slice(0, 40))).toEqual(['response resp_1']);
    expect(created('POST /v1/responses', text.slice(0, 10))).toEqual([]);
  });
});
