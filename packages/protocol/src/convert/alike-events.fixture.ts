import type { Protocol } from '@ai-bridge/domain';

/** Events that only go on with a text, as an upstream of a protocol writes them. */
export interface AlikeEvents {
  readonly name: string;
  readonly before: Buffer;
  /** @param inside what stands between the quotes of the text */
  event(inside: Buffer, index: number): Buffer;
  readonly behind: Buffer;
}

const marker = '@TEXT@';
const numberMarker = '"@NUMBER@"';
const paddingMarker = '@PADDING@';

export function textEvents(protocol: Protocol): readonly AlikeEvents[] {
  switch (protocol) {
    case 'anthropic-messages':
      return [
        anthropic('texts', { type: 'text', text: '' }, { type: 'text_delta', text: marker }),
        anthropic('thoughts', { type: 'thinking', thinking: '' }, { type: 'thinking_delta', thinking: marker }),
        anthropic(
          'arguments',
          { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} },
          { type: 'input_json_delta', partial_json: marker },
        ),
      ];
    case 'openai-chat':
      return [
        chat('texts', { content: '' }, { content: marker }),
        chat('thoughts', {}, { reasoning_content: marker, content: null }),
        chat('refusals', {}, { refusal: marker }),
        chat(
          'arguments',
          { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '' } }] },
          { tool_calls: [{ index: 0, function: { arguments: marker } }] },
        ),
      ];
    case 'openai-responses':
      return [
        responses('texts', { type: 'message', role: 'assistant', content: [] }, 'output_text', {
          content_index: 0,
          logprobs: [],
        }),
        responses('thoughts', { type: 'reasoning', summary: [] }, 'reasoning_summary_text', { summary_index: 0 }),
        responses(
          'arguments',
          { type: 'function_call', call_id: 'c', name: 'f', arguments: '' },
          'function_call_arguments',
          {},
        ),
      ];
    case 'gemini':
      return [gemini('texts', { text: marker }), gemini('thoughts', { text: marker, thought: true })];
  }
}

function anthropic(name: string, block: object, delta: object): AlikeEvents {
  const usage = { input_tokens: 5, output_tokens: 1 };
  return alike(
    name,
    named('message_start', { message: { id: 'msg_1', model: 'm', content: [], usage } }) +
      named('content_block_start', { index: 0, content_block: block }),
    named('content_block_delta', { index: 0, delta }),
    named('content_block_stop', { index: 0 }) +
      named('message_delta', { delta: { stop_reason: 'end_turn' }, usage }) +
      named('message_stop', {}),
  );
}

function chat(name: string, first: object, delta: object): AlikeEvents {
  const chunk = (content: object, finish_reason: string | null) =>
    data({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm',
      choices: [{ index: 0, delta: content, logprobs: null, finish_reason }],
      obfuscation: paddingMarker,
    });
  return alike(
    name,
    chunk({ role: 'assistant', ...first }, null),
    chunk(delta, null),
    `${chunk({}, 'stop')}data: [DONE]\n\n`,
  );
}

function responses(name: string, item: object, kind: string, place: object): AlikeEvents {
  const event = (type: string, fields: object) => named(`response.${type}`, { sequence_number: '@NUMBER@', ...fields });
  const whole = { id: 'item_1', ...item };
  const response = {
    id: 'resp_1',
    model: 'm',
    output: [],
    usage: { input_tokens: 5, output_tokens: 3, total_tokens: 8 },
  };
  return alike(
    name,
    event('created', { response }) + event('output_item.added', { output_index: 0, item: whole }),
    event(`${kind}.delta`, { item_id: 'item_1', output_index: 0, ...place, delta: marker, obfuscation: paddingMarker }),
    event('output_item.done', { output_index: 0, item: whole }) + event('completed', { response }),
  );
}

/** The usage is told last by an event that goes on with the text: some models tell none with the finish reason. */
function gemini(name: string, part: object): AlikeEvents {
  const chunk = (parts: object[], more: object) =>
    data({ candidates: [{ content: { parts, role: 'model' }, index: 0 }], ...more, responseId: 'r1' }).replaceAll(
      '\n',
      '\r\n',
    );
  const usageMetadata = { promptTokenCount: 8, candidatesTokenCount: '@NUMBER@', totalTokenCount: 9 };
  const last = { candidates: [{ content: { parts: [{ text: '' }] }, finishReason: 'STOP', index: 0 }] };
  return alike(
    name,
    chunk([part], { usageMetadata }).replace(marker, 'Well'),
    chunk([part], { usageMetadata }),
    chunk([], last),
  );
}

function alike(name: string, before: string, event: string, behind: string): AlikeEvents {
  const filled = (text: string, index: number) =>
    text.replaceAll(numberMarker, String(index)).replaceAll(paddingMarker, 'x'.repeat(index % 7));
  return {
    name,
    before: Buffer.from(filled(before, 1)),
    event(inside, index) {
      const [head = '', tail = ''] = filled(event, index + 2).split(marker);
      return Buffer.concat([Buffer.from(head), inside, Buffer.from(tail)]);
    },
    behind: Buffer.from(filled(behind, 1_000)),
  };
}

function named(type: string, fields: object): string {
  return `event: ${type}\n${data({ type, ...fields })}`;
}

function data(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}
