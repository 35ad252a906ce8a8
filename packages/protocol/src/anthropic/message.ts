import type { Usage } from '@ai-bridge/domain';
import type { AnswerContext } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import { writeStopReason } from './stop-reasons.ts';
import { writeUsage } from './usage.ts';

type Stop = Extract<NeutralEvent, { type: 'stop' }>;

/** What a message and a message_delta say of why the answer ended. */
export interface StopFields {
  readonly stop_reason: string | null;
  readonly stop_sequence: string | null;
  readonly stop_details: {
    readonly type: 'refusal';
    readonly category: null;
    readonly explanation: string | null;
  } | null;
}

/** An answer that is not over. */
export const notStopped: StopFields = { stop_reason: null, stop_sequence: null, stop_details: null };

export function stopFields(stop: Stop | undefined): StopFields {
  if (!stop) return { ...notStopped, stop_reason: 'end_turn' };
  const stop_reason = writeStopReason(stop.reason);
  return {
    stop_reason,
    stop_sequence: stop.stopSequence ?? null,
    stop_details:
      stop_reason === 'refusal' ? { type: 'refusal', category: null, explanation: stop.explanation ?? null } : null,
  };
}

/**
 * A message, as message_start and an answer without a stream have it.
 *
 * @param content the blocks as the text of a JSON array
 */
export function messageJson(
  { requestId, model }: AnswerContext,
  content: string,
  stop: StopFields,
  usage: Usage,
): string {
  const id = JSON.stringify(`msg_${requestId}`);
  const rest = JSON.stringify({ ...stop, usage: writeUsage(usage) }).slice(1);
  return `{"id":${id},"type":"message","role":"assistant","model":${JSON.stringify(model)},"content":${content},${rest}`;
}
