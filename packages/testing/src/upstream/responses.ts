import {
  type Answer,
  argumentPieces,
  type Dialect,
  event,
  type Frame,
  flatText,
  type OfferedTool,
  type Prompt,
  records,
} from './answer.ts';
import { inclusiveUsage, openaiError, tierOf } from './chat.ts';

/** OpenAI Responses, as api.openai.com writes it. */
export const responses: Dialect = { readPrompt, frames, body, errorBody: openaiError, errorEvent };

function readPrompt(request: Record<string, unknown>): Prompt {
  const result = records(request['input'])
    .filter((item) => item['type'] === 'function_call_output' || item['type'] === 'custom_tool_call_output')
    .at(-1);
  return {
    model: String(request['model']),
    stream: request['stream'] === true,
    tools: records(request['tools']).flatMap(offered),
    toolResult: result && flatText(result['output']),
  };
}

function offered(tool: Record<string, unknown>): OfferedTool[] {
  if (tool['type'] !== 'function') return [];
  return [{ name: String(tool['name']), schema: (tool['parameters'] ?? {}) as Record<string, unknown> }];
}

function usageOf(answer: Answer) {
  const usage = inclusiveUsage(answer);
  if (!usage) return null;
  return {
    input_tokens: usage.prompt,
    input_tokens_details: { cached_tokens: usage.cacheRead, cache_write_tokens: usage.cacheWrite },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: Number(usage.prompt) + Number(usage.output),
  };
}

function searchesOf({ usage }: Answer) {
  return usage?.webSearches === undefined ? {} : { tool_usage: { web_search: { num_requests: usage.webSearches } } };
}

function response(answer: Answer, status: string, output: unknown[], usage: unknown) {
  return {
    id: `resp_${answer.id}`,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status,
    error: null,
    incomplete_details: null,
    instructions: null,
    model: answer.model,
    output,
    parallel_tool_calls: true,
    store: false,
    tools: [],
    ...(usage ? { ...tierOf(answer), ...searchesOf(answer) } : {}),
    usage,
  };
}

function reasoningItem(answer: Answer) {
  const summary = [{ type: 'summary_text', text: answer.thinking.join('') }];
  return { id: `rs_${answer.id}`, type: 'reasoning', summary, encrypted_content: `enc-${answer.id}` };
}

function messageItem(answer: Answer, status: string, text: string | undefined) {
  const content = text === undefined ? [] : [{ type: 'output_text', text, annotations: [], logprobs: [] }];
  return { id: `msg_${answer.id}`, type: 'message', status, role: 'assistant', content };
}

function callItem(answer: Answer, status: string, text: string) {
  const call = answer.toolCall;
  return {
    id: `fc_${answer.id}`,
    type: 'function_call',
    status,
    call_id: `call_${call?.id}`,
    name: call?.name,
    arguments: text,
  };
}

function body(answer: Answer): unknown {
  return response(answer, 'completed', outputOf(answer), usageOf(answer));
}

function outputOf(answer: Answer): unknown[] {
  const main = answer.toolCall
    ? callItem(answer, 'completed', answer.toolCall.arguments)
    : messageItem(answer, 'completed', answer.text.join(''));
  return answer.thinking.length ? [reasoningItem(answer), main] : [main];
}

const preambleEvents = new Set(['response.created', 'response.in_progress']);

function frames(answer: Answer): Frame[] {
  const out: Frame[] = [];
  const add = (type: string, data: Record<string, unknown>, isContent = false) =>
    out.push({
      text: event({ type, sequence_number: out.length, ...data }, type),
      isContent,
      isPreamble: preambleEvents.has(type),
    });
  add('response.created', { response: response(answer, 'in_progress', [], null) });
  add('response.in_progress', { response: response(answer, 'in_progress', [], null) });
  let output_index = 0;
  if (answer.thinking.length) {
    const item_id = `rs_${answer.id}`;
    const place = { item_id, output_index, summary_index: 0 };
    const text = answer.thinking.join('');
    add('response.output_item.added', { output_index, item: { id: item_id, type: 'reasoning', summary: [] } });
    add('response.reasoning_summary_part.added', { ...place, part: { type: 'summary_text', text: '' } });
    for (const delta of answer.thinking) add('response.reasoning_summary_text.delta', { ...place, delta }, true);
    add('response.reasoning_summary_text.done', { ...place, text });
    add('response.reasoning_summary_part.done', { ...place, part: { type: 'summary_text', text } });
    add('response.output_item.done', { output_index: output_index++, item: reasoningItem(answer) });
  }
  if (answer.toolCall) {
    const { arguments: text } = answer.toolCall;
    const place = { item_id: `fc_${answer.id}`, output_index };
    add('response.output_item.added', { output_index, item: callItem(answer, 'in_progress', '') });
    for (const delta of argumentPieces(answer.toolCall)) {
      add('response.function_call_arguments.delta', { ...place, delta }, true);
    }
    add('response.function_call_arguments.done', { ...place, arguments: text });
    add('response.output_item.done', { output_index, item: callItem(answer, 'completed', text) });
  } else {
    const text = answer.text.join('');
    const place = { item_id: `msg_${answer.id}`, output_index, content_index: 0 };
    const part = { type: 'output_text', annotations: [], logprobs: [] };
    add('response.output_item.added', { output_index, item: messageItem(answer, 'in_progress', undefined) });
    add('response.content_part.added', { ...place, part: { ...part, text: '' } });
    for (const delta of answer.text) add('response.output_text.delta', { ...place, delta, logprobs: [] }, true);
    add('response.output_text.done', { ...place, text, logprobs: [] });
    add('response.content_part.done', { ...place, part: { ...part, text } });
    add('response.output_item.done', { output_index, item: messageItem(answer, 'completed', text) });
  }
  add('response.completed', { response: body(answer) });
  return out;
}

function errorEvent(message: string): string {
  return event({ type: 'error', code: 'server_is_overloaded', message, param: null, sequence_number: 2 }, 'error');
}
