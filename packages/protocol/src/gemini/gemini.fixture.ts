import { readFileSync } from 'node:fs';
import { type Loss, RelayError, type RelayErrorDetail } from '@ai-bridge/domain';
import type { AnswerContext, Target } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import type { Part } from '../neutral/parts.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import type { Origin } from '../neutral/signature.ts';
import { eventEnd, parseEvent } from '../stream/events.ts';
import { geminiCodec } from './index.ts';

const folder = new URL('../../fixtures/gemini/', import.meta.url);

export const home = { protocol: 'gemini', channelId: 'c1', model: 'gemini-3-pro-preview' } as const satisfies Origin;

export function readFixture(file: string): Buffer {
  return readFileSync(new URL(file, folder));
}

/** The neutral events of a stream in bytes, as the relay would read them. */
export function decodeStream(bytes: Buffer | string, origin: Origin = home): readonly NeutralEvent[] {
  const buffer = Buffer.from(bytes);
  const decoder = geminiCodec.createDecoder(origin);
  const events: NeutralEvent[] = [];
  for (let at = 0; at < buffer.length; ) {
    const end = eventEnd(buffer, at, true);
    const stop = end === -1 ? buffer.length : end;
    events.push(...decoder.decode(parseEvent(buffer, at, stop)));
    at = stop;
  }
  return [...events, ...decoder.end()];
}

/** A stream of chunks, as Gemini sends it. */
export function streamOf(...chunks: unknown[]): string {
  return chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
}

export function chunkOf(parts: readonly unknown[], more: object = {}): object {
  return {
    candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }],
    modelVersion: 'm',
    responseId: 'r1',
  };
}

export function contextOf(request: Partial<NeutralRequest> = {}): AnswerContext {
  return {
    requestId: 'req1',
    model: 'asked-for',
    createdAtSeconds: 1,
    promptTokens: 7,
    includeUsage: true,
    request: requestOf(request),
  };
}

export function requestOf(request: Partial<NeutralRequest> = {}): NeutralRequest {
  return { model: 'm', stream: true, system: [], turns: [say('user', 'hi')], tools: [], sampling: {}, ...request };
}

export function say(role: 'user' | 'assistant' | 'system', text: string): NeutralRequest['turns'][number] {
  return { role, parts: [{ kind: 'text', text }] };
}

export function encode(events: readonly NeutralEvent[], context = contextOf()): string {
  const encoder = geminiCodec.createEncoder(context);
  return events.map((event) => encoder.encode(event)).join('');
}

export function targetOf(model: string = home.model, maxOutputTokens?: number): Target {
  return { origin: { ...home, model }, maxOutputTokens };
}

/** A rendered body, to be looked into at will. */
export type Body = ReturnType<typeof JSON.parse>;

export function render(request: Partial<NeutralRequest>, target = targetOf()): { body: Body; losses: readonly Loss[] } {
  const { value, losses } = geminiCodec.renderRequest(requestOf(request), target);
  return { body: JSON.parse(value), losses };
}

export function parse(body: unknown, path = { model: 'm', stream: true }): NeutralRequest {
  return geminiCodec.parseRequest(Buffer.from(JSON.stringify(body)), path).value;
}

/** What a refusal says; undefined where nothing is refused. */
export function refusalOf(act: () => unknown): RelayErrorDetail | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof RelayError && error.code === 'invalid_request') return error.detail;
    throw error;
  }
}

export const user = (...parts: Part[]) => ({ role: 'user', parts }) as const;
export const model = (...parts: Part[]) => ({ role: 'assistant', parts }) as const;

/** The paths of losses. */
export function pathsOf(losses: readonly Loss[]): readonly string[] {
  return losses.map(({ path }) => path);
}

/** What rendering a request is refused with. */
export function rejects(request: Partial<NeutralRequest>, target = targetOf()): RelayErrorDetail | undefined {
  return refusalOf(() => geminiCodec.renderRequest(requestOf(request), target));
}

/** The contents of a conversation for a model that is neither the newest nor the oldest. */
export function contentsOf(turns: NeutralRequest['turns'], target = targetOf('gemini-2.5-pro')): Body {
  return render({ turns }, target).body.contents;
}
