import type { NeutralEvent } from '../neutral/events.ts';
import type { Conversion } from './stream-converter.ts';

/**
 * A whole answer in the client's words: JSON for a client that asked for no stream, else the events that a stream would have had.
 * @returns undefined where the answer cannot be understood
 */
export function convertBody({ from, origin, to, context, isArray }: Conversion, body: Buffer): string | undefined {
  const events = from.decodeBody(body, origin);
  if (!isWhole(events)) return undefined;
  if (isArray) {
    const request = { ...context.request, stream: true };
    return to.encodeBody(events, { ...context, request });
  }
  if (!context.request.stream) return to.encodeBody(events, context);
  const encoder = to.createEncoder(context);
  return events.map((event) => encoder.encode(event)).join('');
}

function isWhole(events: readonly NeutralEvent[]): boolean {
  return events.at(-1)?.type === 'end';
}
