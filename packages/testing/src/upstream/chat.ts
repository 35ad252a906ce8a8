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

/** OpenAI Chat Completions, as api.openai.com writes it. */
export const chat: Dialect = { readPrompt, frames, body, errorBody, errorEvent };

function readPrompt(request: Record<string, unknown>): Prompt {
  const result = records(request['messages'])
    .filter((message) => message['role'] === 'tool')
    .at(-1);
  return {
    model: String(request['model']),
    stream: request['stream'] === true,
    tools: records(request['tools'])
      .filter((tool) => tool['type'] === 'function')
      .map((tool) => tool['function'] as { name: string; parameters?: Record<string, unknown> })
      .map(({ name, parameters }) => ({ name, schema: parameters ?? {} })),
    toolResult: result && flatText(result['content']),
  };
}

export function inclusiveUsage(answer: Answer) {
  if (!answer.usage) return undefined;
  const { input, cacheRead, cacheWrite5m, output, reasoning } = answer.usage;
  const prompt = typeof input === 'number' ? input + Number(cacheRead ?? 0) + Number(cacheWrite5m ?? 0) : input;
  return { prompt, cacheRead: cacheRead ?? 0, cacheWrite: cacheWrite5m ?? 0, output, reasoning: reasoning ?? 0 };
}

function usageOf(answer: Answer) {
  const usage = inclusiveUsage(answer);
  if (!usage) return undefined;
  return {
    prompt_tokens: usage.prompt,
    completion_tokens: usage.output,
    total_tokens: Number(usage.prompt) + Number(usage.output),
    prompt_tokens_details: { cached_tokens: usage.cacheRead, cache_write_tokens: usage.cacheWrite, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: usage.reasoning, audio_tokens: 0 },
  };
}

/** OpenAI's tier stands beside the usage, in an answer and in each of its chunks. */
export function tierOf({ usage }: Answer) {
  return usage?.tier === undefined ? {} : { service_tier: usage.tier };
}

const created = () => Math.floor(Date.now() / 1000);
const finishReason = (answer: Answer) => (answer.toolCall ? 'tool_calls' : 'stop');

function body(answer: Answer): unknown {
  const call = answer.toolCall;
  const toolCalls = call && [
    { id: `call_${call.id}`, type: 'function', function: { name: call.name, arguments: call.arguments } },
  ];
  const usage = usageOf(answer);
  return {
    id: `chatcmpl-${answer.id}`,
    object: 'chat.completion',
    created: created(),
    model: answer.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: call ? null : answer.text.join(''),
          refusal: null,
          ...(answer.thinking.length > 0 && { reasoning_content: answer.thinking.join('') }),
          ...(toolCalls && { tool_calls: toolCalls }),
        },
        logprobs: null,
        finish_reason: finishReason(answer),
      },
    ],
    ...(usage && { usage }),
    ...tierOf(answer),
    system_fingerprint: 'fp_fake',
  };
}

function frames(answer: Answer, request: Record<string, unknown>): Frame[] {
  const wantsUsage = (request['stream_options'] as { include_usage?: boolean } | undefined)?.include_usage === true;
  const at = created();
  const out: Frame[] = [];
  const chunk = (choices: unknown[], usage: unknown = null) => ({
    id: `chatcmpl-${answer.id}`,
    object: 'chat.completion.chunk',
    created: at,
    model: answer.model,
    ...tierOf(answer),
    system_fingerprint: 'fp_fake',
    choices,
    ...(wantsUsage && { usage }),
  });
  const add = (delta: unknown, isContent: boolean, finish: string | null = null) =>
    out.push({ text: event(chunk([{ index: 0, delta, logprobs: null, finish_reason: finish }])), isContent });
  add({ role: 'assistant', content: answer.toolCall ? null : '', refusal: null }, false);
  for (const thought of answer.thinking) add({ reasoning_content: thought }, true);
  if (answer.toolCall) {
    const { id, name } = answer.toolCall;
    const head = { index: 0, id: `call_${id}`, type: 'function', function: { name, arguments: '' } };
    add({ tool_calls: [head] }, false);
    for (const piece of argumentPieces(answer.toolCall)) {
      add({ tool_calls: [{ index: 0, function: { arguments: piece } }] }, true);
    }
  } else for (const content of answer.text) add({ content }, true);
  add({}, false, finishReason(answer));
  const usage = usageOf(answer);
  if (wantsUsage && usage) out.push({ text: event(chunk([], usage)), isContent: false });
  out.push({ text: event('[DONE]'), isContent: false });
  return out;
}

const errorCodes: Record<number, [type: string, code: string | null]> = {
  401: ['invalid_request_error', 'invalid_api_key'],
  404: ['invalid_request_error', 'model_not_found'],
  429: ['rate_limit_exceeded', 'rate_limit_exceeded'],
  503: ['server_error', 'server_is_overloaded'],
};

export function openaiError(status: number, message: string): unknown {
  const [type, code] = errorCodes[status] ?? [status < 500 ? 'invalid_request_error' : 'server_error', null];
  return { error: { message, type, param: null, code } };
}

function errorBody(status: number, message: string): unknown {
  return openaiError(status, message);
}

function errorEvent(message: string): string {
  return event(openaiError(503, message));
}
