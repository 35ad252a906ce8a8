import type { StopReason } from '../neutral/events.ts';

const neutralReasons: Readonly<Record<string, StopReason>> = {
  end_turn: 'end',
  max_tokens: 'length',
  stop_sequence: 'stop_sequence',
  tool_use: 'tool_call',
  pause_turn: 'paused',
  // Beta: it stopped to have the conversation summed up, and goes on in the next request.
  compaction: 'paused',
  refusal: 'refusal',
  model_context_window_exceeded: 'context_full',
};

const anthropicReasons: Readonly<Record<StopReason, string>> = {
  end: 'end_turn',
  stop_sequence: 'stop_sequence',
  tool_call: 'tool_use',
  length: 'max_tokens',
  context_full: 'model_context_window_exceeded',
  refusal: 'refusal',
  filter: 'refusal',
  paused: 'pause_turn',
  malformed_call: 'end_turn',
};

/** @param hasToolCall compatible vendors end answers with calls as `end_turn`, or without a reason */
export function readStopReason(reason: unknown, hasToolCall: boolean): StopReason {
  const known = typeof reason === 'string' ? neutralReasons[reason] : undefined;
  return hasToolCall && (known ?? 'end') === 'end' ? 'tool_call' : (known ?? 'end');
}

export function writeStopReason(reason: StopReason): string {
  return anthropicReasons[reason];
}
