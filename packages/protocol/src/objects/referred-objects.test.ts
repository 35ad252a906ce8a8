import { RelayError } from '@ai-bridge/domain';
import { describe, expect, test } from 'vitest';
import { referredObjects, storesAnswer } from './referred-objects.ts';

function referred(body: unknown): string[] {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return referredObjects(Buffer.from(text)).map(({ kind, id }) => `${kind} ${id}`);
}

describe('referredObjects', () => {
  test.each([
    ['a batch', { input_file_id: 'file-1', endpoint: '/v1/responses' }, ['file file-1']],
    ['a response that goes on', { previous_response_id: 'resp_1', input: 'hi' }, ['response resp_1']],
    ['none at all', { previous_response_id: null, conversation: null, input: 'file_id' }, []],
    ['a conversation by its id', { conversation: 'conv_1' }, ['conversation conv_1']],
    ['a conversation as an object', { conversation: { id: 'conv_1' } }, ['conversation conv_1']],
    [
      'tools',
      {
        tools: [
          { type: 'file_search', vector_store_ids: ['vs_1', 'vs_2'] },
          { type: 'code_interpreter', container: 'cntr_1' },
          { type: 'code_interpreter', container: { type: 'auto', file_ids: ['file-1'] } },
        ],
      },
      ['vector_store vs_1', 'vector_store vs_2', 'container cntr_1', 'file file-1'],
    ],
    [
      'files in input',
      {
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_file', file_id: 'file-1' },
              { type: 'input_image', file_id: 'file-2' },
            ],
          },
          { type: 'function_call_output', call_id: 'c', output: [{ type: 'input_file', file_id: 'file-1' }] },
        ],
      },
      ['file file-1', 'file file-2'],
    ],
    [
      'chat',
      { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }] },
      ['file file-1'],
    ],
    [
      'Anthropic',
      {
        container: { id: 'container_1', skills: [{ type: 'anthropic', skill_id: 'xlsx' }, { skill_id: 'skill_1' }] },
        messages: [{ role: 'user', content: [{ type: 'document', source: { type: 'file', file_id: 'file_1' } }] }],
      },
      ['container container_1', 'skill skill_1', 'file file_1'],
    ],
    ['fine-tuning', { training_file: 'file-1', validation_file: 'file-2' }, ['file file-1', 'file file-2']],
    ['a video to go on from', { video: { id: 'video_1' }, prompt: 'x' }, ['video video_1']],
  ])('%s', (_, body, expected) => {
    expect(referred(body)).toEqual(expected);
  });

  test('data of the client’s own is no reference', () => {
    expect(
      referred({
        metadata: { file_id: 'mine' },
        tools: [{ name: 'f', parameters: { properties: { file_id: { type: 'string', enum: ['a'] } } } }],
        messages: [
          { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'f', input: { file_id: 'mine' } }] },
        ],
        input: [{ type: 'function_call', arguments: '{"file_id":"mine"}' }],
      }),
    ).toEqual([]);
  });

  test('no spelling of a reference is overlooked', () => {
    expect(referred('{"f\\u0069le_id":"fil\\u0065-1"}')).toEqual(['file file-1']);
    expect(referred('{"file_id":"file-1","file_id":"file-2"}')).toEqual(['file file-1', 'file file-2']);
    expect(referred('{ "file_ids" : [ "file-1" , [ "file-2" ] ] }')).toEqual(['file file-1', 'file file-2']);
    expect(referred('{"metadata":{},"a":[{"b":[]},{"file_id":"file-1"}]}')).toEqual(['file file-1']);
  });

  test('more than anybody needs is refused', () => {
    expect(() => referred({ file_ids: Array.from({ length: 2_001 }, (_, index) => `file-${index}`) })).toThrow(
      RelayError,
    );
  });
});

test.each([
  ['response', '{}', true],
  ['response', '{"store":true}', true],
  ['response', '{"store":null}', true],
  ['response', '{"store":false,"input":[]}', false],
  ['chat_completion', '{"metadata":{"store":true}}', false],
  ['chat_completion', '{"store":true}', true],
] as const)('whether a %s is kept: %s', (kind, body, expected) => {
  expect(storesAnswer(kind, Buffer.from(body))).toBe(expected);
});
