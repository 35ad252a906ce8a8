import type { StopReason } from '../neutral/events.ts';

const reasons: ReadonlyMap<string, StopReason> = new Map([
  ['STOP', 'end'],
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'filter'],
  ['RECITATION', 'filter'],
  ['LANGUAGE', 'filter'],
  ['OTHER', 'filter'],
  ['BLOCKLIST', 'filter'],
  ['PROHIBITED_CONTENT', 'filter'],
  ['SPII', 'filter'],
  ['MODEL_ARMOR', 'filter'],
  ['IMAGE_SAFETY', 'filter'],
  ['IMAGE_PROHIBITED_CONTENT', 'filter'],
  ['IMAGE_RECITATION', 'filter'],
  ['IMAGE_OTHER', 'filter'],
  ['NO_IMAGE', 'filter'],
  ['MALFORMED_FUNCTION_CALL', 'malformed_call'],
  ['UNEXPECTED_TOOL_CALL', 'malformed_call'],
  ['TOO_MANY_TOOL_CALLS', 'malformed_call'],
  ['MALFORMED_RESPONSE', 'malformed_call'],
  ['CONTINUATION', 'paused'],
]);

/** Why an answer ended, by its finishReason. That it calls functions Gemini does not say there: `STOP` stands for both. */
export function stopOfFinish(finishReason: string, hasCalls: boolean): StopReason {
  const reason = reasons.get(finishReason) ?? 'end';
  return reason === 'end' && hasCalls ? 'tool_call' : reason;
}

/** A paused answer is `OTHER`: `CONTINUATION` would promise a token to go on with. */
export function finishOfStop(reason: StopReason): string {
  switch (reason) {
    case 'end':
    case 'stop_sequence':
    case 'tool_call':
      return 'STOP';
    case 'length':
    case 'context_full':
      return 'MAX_TOKENS';
    case 'refusal':
    case 'filter':
      return 'SAFETY';
    case 'paused':
      return 'OTHER';
    case 'malformed_call':
      return 'MALFORMED_FUNCTION_CALL';
  }
}
