import type { AnswerContext } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import type { Origin } from '../neutral/signature.ts';
import { Answer } from './answer.ts';
import { GeminiDecoder } from './decoder.ts';

/** A body is one response, or an array of the chunks that a stream without `alt=sse` sends. */
export function decodeBody(body: Buffer, origin: Origin): readonly NeutralEvent[] {
  const decoder = new GeminiDecoder(origin);
  const response = parse(body);
  const events = decoder.read(response);
  if (events.length > 0) return [...events, ...decoder.endWhole()];
  return [{ type: 'error', error: { type: 'error', message: 'no readable answer' } }];
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** One response; in an array for a client that asked for a stream without `alt=sse`. */
export function encodeBody(events: readonly NeutralEvent[], context: AnswerContext): string {
  const answer = new Answer(context);
  const parts: string[] = [];
  for (const event of joined(events)) {
    const part = answer.part(event);
    if (part !== undefined) parts.push(part);
  }
  const response = answer.final(parts.join(','));
  return context.request.stream ? `[${response}]` : response;
}

/** The same events with each block's deltas as one. */
function* joined(events: readonly NeutralEvent[]): Generator<NeutralEvent> {
  let pieces: string[] = [];
  let index = 0;
  for (const event of events) {
    if (event.type === 'delta') {
      pieces.push(event.text);
      index = event.index;
      continue;
    }
    const endsText = event.type === 'close' || event.type === 'signature';
    if (endsText && pieces.length > 0) {
      yield { type: 'delta', index, text: pieces.join('') };
      pieces = [];
    }
    yield event;
  }
}
