import OpenAI from 'openai';
import type { AnswerContext } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { eventEnd, parseEvent, type SseEvent } from '../stream/events.ts';
import { responsesCodec } from './index.ts';

/** For tests: SSE bytes as events; a piece at the end that is none is left out. */
export function eventsOf(bytes: Buffer): SseEvent[] {
  const events: SseEvent[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = eventEnd(bytes, at, true);
    if (end === -1) break;
    events.push(parseEvent(bytes, at, end));
    at = end;
  }
  return events;
}

export const upstream = { protocol: 'openai-responses', channelId: 'ch_1', model: 'gpt-5' } as const;

export function decoded(bytes: Buffer): NeutralEvent[] {
  const decoder = responsesCodec.createDecoder(upstream);
  return [...eventsOf(bytes).flatMap((event) => decoder.decode(event)), ...decoder.end()];
}

/** A stream of these data objects, as an upstream sends it. */
export function sse(...data: readonly Record<string, unknown>[]): Buffer {
  return Buffer.from(data.map((one) => `event: ${one['type']}\ndata: ${JSON.stringify(one)}\n\n`).join(''));
}

export function parsed(body: Record<string, unknown>): NeutralRequest {
  return responsesCodec.parseRequest(Buffer.from(JSON.stringify({ model: 'gpt-5', input: 'hi', ...body })), undefined)
    .value;
}

export function contextOf(request: NeutralRequest = parsed({ stream: true })): AnswerContext {
  return {
    requestId: 'req1',
    model: 'claude',
    createdAtSeconds: 1_700_000_000.7,
    promptTokens: 10,
    includeUsage: false,
    request,
  };
}

export function encoded(events: readonly NeutralEvent[], context: AnswerContext = contextOf()): string {
  const encoder = responsesCodec.createEncoder(context);
  return events.map((event) => encoder.encode(event)).join('');
}

/** What the official SDK makes of a stream. */
export async function accumulated(stream: string | Buffer): Promise<OpenAI.Responses.Response> {
  const fetch = async () =>
    new Response(Buffer.from(stream), { status: 200, headers: { 'content-type': 'text/event-stream' } });
  const client = new OpenAI({ apiKey: 'k', baseURL: 'http://localhost/v1', fetch, maxRetries: 0 });
  return await client.responses.stream({ model: 'm', input: 'hi' }).finalResponse();
}
