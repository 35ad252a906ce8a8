import type { Usage } from '@ai-bridge/domain';
import type { AnswerContext } from '../neutral/codec.ts';
import { textOf } from './render-options.ts';
import { renderToolChoice, renderTools } from './render-tools.ts';
import { Rendering } from './rendering.ts';
import { usageFields } from './usage.ts';

/** What the object says of how far the answer is. */
export interface Progress {
  readonly status: 'in_progress' | 'completed' | 'incomplete' | 'failed';
  /** Items, as JSON. */
  readonly output: readonly string[];
  readonly usage: Usage | undefined;
  readonly incompleteReason?: string | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

/**
 * Writes the Response object of one answer. It repeats the request, as clients look things up in it; instructions and tools, which make
 * most of a request's size, are repeated when the answer is over only.
 */
export class Skeleton {
  readonly #head: string;
  readonly #short: string;
  readonly #askedTier: string;
  readonly #rendering: Rendering;

  constructor(context: AnswerContext) {
    const { requestId, createdAtSeconds, model, provider } = context;
    const created = Math.floor(createdAtSeconds);
    // Codex takes whole numbers only.
    this.#head = `{"id":"resp_${requestId}","object":"response","created_at":${created},"model":${JSON.stringify(model)},${provider === undefined ? '' : `"provider":${JSON.stringify(provider)},`}`;
    const { request } = context;
    this.#askedTier = request.serviceTier ?? 'default';
    this.#rendering = new Rendering(request, {
      origin: { protocol: 'openai-responses', channelId: '', model },
      maxOutputTokens: undefined,
    });
    this.#short = fieldsOf(repeated(this.#rendering));
  }

  write(progress: Progress): string {
    const { status, output, usage, incompleteReason, error } = progress;
    const long =
      status === 'in_progress' ? '"instructions":null,"tools":[],' : fieldsOf(repeatedAtEnd(this.#rendering));
    const details = incompleteReason === undefined ? 'null' : `{"reason":"${incompleteReason}"}`;
    // Until the upstream has said what it answers at, the object says what was asked for.
    const told = usage ? usageFields(usage) : { service_tier: this.#askedTier, usage: null };
    return `${this.#head}"status":"${status}","background":false,"error":${JSON.stringify(error ?? null)},"incomplete_details":${details},${long}${this.#short}"output":[${output.join(',')}],${JSON.stringify(told).slice(1)}`;
  }
}

/** The fields of an object as JSON, a comma behind each. */
function fieldsOf(object: Record<string, unknown>): string {
  const text = JSON.stringify(object);
  return text === '{}' ? '' : `${text.slice(1, -1)},`;
}

function repeated(rendering: Rendering): Record<string, unknown> {
  const { request, ownFields: fields } = rendering;
  const { sampling, reasoning } = request;
  return {
    max_output_tokens: request.maxOutputTokens ?? null,
    max_tool_calls: fields['max_tool_calls'] ?? null,
    metadata: fields['metadata'] ?? {},
    parallel_tool_calls: request.parallelToolCalls ?? true,
    previous_response_id: fields['previous_response_id'] ?? null,
    prompt_cache_key: request.promptCacheKey ?? null,
    reasoning: {
      effort: reasoning?.effort ?? null,
      summary: reasoning?.isShown ? (fields['reasoning.summary'] ?? 'auto') : null,
    },
    safety_identifier: request.user ?? null,
    // Nothing is: GET /v1/responses/{id} has no answer.
    store: false,
    temperature: sampling.temperature ?? 1,
    text: { format: { type: 'text' }, ...textOf(request, true) },
    tool_choice:
      fields['tool_choice'] ?? (request.toolChoice ? renderToolChoice(request.toolChoice, rendering) : 'auto'),
    top_logprobs: 0,
    top_p: sampling.topP ?? 1,
    truncation: fields['truncation'] ?? 'disabled',
    user: fields['user'] ?? null,
  };
}

/** Tools as the client offered them. A request that is not of this protocol is not this client's. */
function repeatedAtEnd(rendering: Rendering): Record<string, unknown> {
  const instructions = rendering.ownFields['instructions'] ?? null;
  return { instructions, tools: rendering.isOwn ? renderTools(rendering) : [] };
}
