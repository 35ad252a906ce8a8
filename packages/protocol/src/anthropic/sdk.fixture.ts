import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Anthropic from '@anthropic-ai/sdk';
import type { AnswerContext } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import type { Origin } from '../neutral/signature.ts';
import { eventEnd, parseEvent, type SseEvent } from '../stream/events.ts';
import { anthropicCodec } from './index.ts';

const folder = fileURLToPath(new URL('../../fixtures/anthropic-messages/', import.meta.url));

export const origin: Origin = { protocol: 'anthropic-messages', channelId: 'chn_1', model: 'claude-sonnet-4-6' };

export const context: AnswerContext = {
  requestId: 'req_1',
  model: 'asked',
  createdAtSeconds: 1_700_000_000,
  promptTokens: 77,
  includeUsage: true,
  request: { model: 'asked', stream: true, system: [], turns: [], tools: [], sampling: {} },
};

/** Names of the recorded streams. */
export const recordedStreams = fs.readdirSync(folder).filter((file) => file.endsWith('.sse'));

export function recorded(file: string): Buffer {
  return fs.readFileSync(path.join(folder, file));
}

/** The events of a stream's bytes, the last one too where it lacks its blank line. */
export function sseEvents(bytes: Buffer): SseEvent[] {
  const events: SseEvent[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = eventEnd(bytes, at, true);
    const stop = end === -1 ? bytes.length : end;
    events.push(parseEvent(bytes, at, stop));
    at = stop;
  }
  return events;
}

export function decodeAll(bytes: Buffer): NeutralEvent[] {
  const decoder = anthropicCodec.createDecoder(origin);
  return [...sseEvents(bytes).flatMap((event) => decoder.decode(event)), ...decoder.end()];
}

/** Events of a stream as the upstream would send them. */
export function streamOf(...events: readonly object[]): Buffer {
  return Buffer.from(
    events.map((event) => `event: ${(event as { type: string }).type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
  );
}

export function encodeAll(events: readonly NeutralEvent[], promptTokens = context.promptTokens): string {
  const encoder = anthropicCodec.createEncoder({ ...context, promptTokens });
  return events.map((event) => encoder.encode(event)).join('');
}

/** The message that the official SDK makes of a stream; rejects where it does. */
export function finalMessage(bytes: Buffer | string): Promise<Anthropic.Message> {
  const answer = async () =>
    new Response(typeof bytes === 'string' ? bytes : new Uint8Array(bytes), {
      headers: { 'content-type': 'text/event-stream' },
    });
  const client = new Anthropic({ authToken: 'x', apiKey: null, fetch: answer, maxRetries: 0 });
  const params = { model: 'm', max_tokens: 10, messages: [{ role: 'user' as const, content: 'x' }] };
  return client.messages.stream(params).finalMessage();
}
