import { asObject, asText, parseObject } from '../json/parse.ts';
import type { AnswerContext } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import type { Origin } from '../neutral/signature.ts';
import { ResponsesDecoder } from './decoder.ts';
import { ResponsesEncoder } from './encoder.ts';
import { errorOf } from './response-end.ts';

/** Statuses of an answer that ended; an answer without one, of a compatible upstream, has ended too. */
const ended = new Set(['completed', 'incomplete', 'failed', 'cancelled']);

/** A Response object as the events of its stream; one that is still being made (background) is an error. */
export function decodeBody(body: Buffer, origin: Origin): readonly NeutralEvent[] {
  const response = parseObject(body);
  if (!response)
    return [{ type: 'error', error: { type: 'invalid_body', message: 'the answer is not a JSON object' } }];
  const status = asText(response['status']) ?? (response['error'] ? 'failed' : 'completed');
  if (!Array.isArray(response['output']) && asObject(response['error'])) {
    return [{ type: 'error', error: errorOf(response['error']) }];
  }
  const decoder = new ResponsesDecoder(origin);
  const events = [...decoder.read('response.created', { response })];
  if (ended.has(status)) events.push(...decoder.read(`response.${status}`, { response }));
  else events.push(...decoder.read('error', { code: status, message: 'the answer is not finished' }));
  return events;
}

/** The Response object that the events' stream would have ended with. */
export function encodeBody(events: readonly NeutralEvent[], context: AnswerContext): string {
  const encoder = new ResponsesEncoder(context);
  for (const event of events) encoder.encode(event);
  return encoder.response();
}
