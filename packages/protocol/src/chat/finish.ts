import type { StopReason } from '../neutral/events.ts';

/** What finish reasons mean, OpenAI's and those of compatible vendors. All others are taken for an ordinary end. */
const reasons: Readonly<Record<string, StopReason>> = {
  stop: 'end',
  eos: 'end',
  end_turn: 'end',
  stop_sequence: 'stop_sequence',
  tool_calls: 'tool_call',
  tool_use: 'tool_call',
  function_call: 'tool_call',
  length: 'length',
  max_tokens: 'length',
  model_length: 'context_full',
  model_context_window_exceeded: 'context_full',
  content_filter: 'filter',
  sensitive: 'filter',
  safety: 'filter',
  refusal: 'refusal',
};

/** Finish reasons with which a vendor says that its own machinery failed: DeepSeek, GLM, OpenRouter, vLLM. */
const failures = new Set(['error', 'insufficient_system_resource', 'network_error', 'abort', 'cancelled']);

export function isFailure(finishReason: string): boolean {
  return failures.has(finishReason);
}

/** @param hasCalls tools were called: some vendors say `stop` nevertheless, or nothing */
export function stopReasonOf(finishReason: string | undefined, hasCalls: boolean, hasRefused: boolean): StopReason {
  const reason = reasons[finishReason?.toLowerCase() ?? 'stop'] ?? 'end';
  if (reason !== 'end' && reason !== 'tool_call') return reason;
  if (hasCalls) return 'tool_call';
  return hasRefused ? 'refusal' : 'end';
}

/** The protocol's word for a stop reason. A refusal that was told as such ends with `stop`. */
export function finishReasonOf(reason: StopReason, hasCalls: boolean, hasRefused: boolean): string {
  switch (reason) {
    case 'length':
    case 'context_full':
      return 'length';
    case 'filter':
      return 'content_filter';
    case 'refusal':
      return hasRefused ? 'stop' : 'content_filter';
    case 'tool_call':
      return 'tool_calls';
    default:
      return hasCalls ? 'tool_calls' : 'stop';
  }
}
