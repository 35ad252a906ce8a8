import {
  type Answer,
  argumentPieces,
  type Dialect,
  event,
  type Frame,
  flatText,
  type Prompt,
  records,
} from './answer.ts';

/** Anthropic Messages, as api.anthropic.com writes it. */
export const anthropic: Dialect = { readPrompt, frames, body, errorBody, errorEvent };

function readPrompt(request: Record<string, unknown>): Prompt {
  const blocks = records(request['messages']).flatMap((message) => records(message['content']));
  const result = blocks.filter((block) => block['type'] === 'tool_result').at(-1);
  return {
    model: String(request['model']),
    stream: request['stream'] === true,
    tools: records(request['tools'])
      .filter((tool) => tool['input_schema'])
      .map((tool) => ({ name: String(tool['name']), schema: tool['input_schema'] as Record<string, unknown> })),
    toolResult: result && flatText(result['content']),
  };
}

function usageOf(answer: Answer) {
  if (!answer.usage) return undefined;
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning, webSearches, speed, geo } = answer.usage;
  const hasWrites = cacheWrite5m !== undefined || cacheWrite1h !== undefined;
  return {
    input_tokens: input,
    cache_creation_input_tokens: Number(cacheWrite5m ?? 0) + Number(cacheWrite1h ?? 0),
    cache_read_input_tokens: cacheRead ?? 0,
    ...(hasWrites && {
      cache_creation: { ephemeral_5m_input_tokens: cacheWrite5m ?? 0, ephemeral_1h_input_tokens: cacheWrite1h ?? 0 },
    }),
    output_tokens: output,
    ...(reasoning !== undefined && { output_tokens_details: { thinking_tokens: reasoning } }),
    ...(webSearches !== undefined && {
      server_tool_use: { web_search_requests: webSearches, web_fetch_requests: 0 },
    }),
    service_tier: answer.usage.tier ?? 'standard',
    ...(speed !== undefined && { speed }),
    ...(geo !== undefined && { inference_geo: geo }),
  };
}

const stopReason = (answer: Answer) => (answer.toolCall ? 'tool_use' : 'end_turn');

function message(answer: Answer, content: unknown[], stop: string | null, usage: unknown) {
  return {
    id: `msg_${answer.id}`,
    type: 'message',
    role: 'assistant',
    model: answer.model,
    content,
    stop_reason: stop,
    stop_sequence: null,
    ...(usage !== undefined && { usage }),
  };
}

function body(answer: Answer): unknown {
  const content: unknown[] = [];
  if (answer.thinking.length) {
    content.push({ type: 'thinking', thinking: answer.thinking.join(''), signature: `sig-${answer.id}` });
  }
  if (answer.toolCall) {
    const { id, name, arguments: text } = answer.toolCall;
    content.push({ type: 'tool_use', id: `toolu_${id}`, name, input: JSON.parse(text) });
  } else content.push({ type: 'text', text: answer.text.join('') });
  return message(answer, content, stopReason(answer), usageOf(answer));
}

function frames(answer: Answer): Frame[] {
  const out: Frame[] = [];
  const add = (data: { type: string } & Record<string, unknown>, isContent = false) =>
    out.push({ text: event(data, data.type), isContent, isPreamble: data.type === 'message_start' });
  const usage = usageOf(answer);
  add({ type: 'message_start', message: message(answer, [], null, usage && { ...usage, output_tokens: 1 }) });
  let index = 0;
  const block = (start: unknown, deltas: readonly unknown[], closing?: unknown) => {
    add({ type: 'content_block_start', index, content_block: start });
    if (index === 0) add({ type: 'ping' });
    for (const delta of deltas) add({ type: 'content_block_delta', index, delta }, true);
    if (closing) add({ type: 'content_block_delta', index, delta: closing });
    add({ type: 'content_block_stop', index: index++ });
  };
  if (answer.thinking.length) {
    const deltas = answer.thinking.map((thinking) => ({ type: 'thinking_delta', thinking }));
    block({ type: 'thinking', thinking: '', signature: '' }, deltas, {
      type: 'signature_delta',
      signature: `sig-${answer.id}`,
    });
  }
  if (answer.toolCall) {
    const { id, name } = answer.toolCall;
    const pieces = ['', ...argumentPieces(answer.toolCall)];
    block(
      { type: 'tool_use', id: `toolu_${id}`, name, input: {} },
      pieces.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
    );
  } else {
    const deltas = answer.text.map((text) => ({ type: 'text_delta', text }));
    block({ type: 'text', text: '' }, deltas);
  }
  const {
    service_tier: _tier,
    speed: _speed,
    inference_geo: _geo,
    cache_creation: _split,
    ...cumulative
  } = usage ?? {};
  const delta = { stop_reason: stopReason(answer), stop_sequence: null };
  add({ type: 'message_delta', delta, ...(usage && { usage: cumulative }) });
  add({ type: 'message_stop' });
  return out;
}

const errorTypes: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

function errorBody(status: number, text: string): unknown {
  const type = errorTypes[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error');
  return { type: 'error', error: { type, message: text }, request_id: 'req_upstream' };
}

function errorEvent(text: string): string {
  return event(errorBody(529, text), 'error');
}
