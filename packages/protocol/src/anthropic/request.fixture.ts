import { RelayError } from '@ai-bridge/domain';
import { expect } from 'vitest';
import type { Target } from '../neutral/codec.ts';
import type { Part } from '../neutral/parts.ts';
import type { NeutralRequest, Turn } from '../neutral/request.ts';
import { anthropicCodec } from './index.ts';

export const hello: Turn = { role: 'user', parts: [{ kind: 'text', text: 'hello' }] };

/** A request of a client of another protocol. */
export function neutral(some: Partial<NeutralRequest> = {}): NeutralRequest {
  return { model: 'asked', stream: false, system: [], turns: [hello], tools: [], sampling: {}, ...some };
}

export function target(model = 'claude-opus-5', maxOutputTokens: number | undefined = 64_000): Target {
  return { origin: { protocol: 'anthropic-messages', channelId: 'chn_1', model }, maxOutputTokens };
}

export function parse(body: unknown) {
  return anthropicCodec.parseRequest(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), undefined);
}

/** The body that is sent for a request, and the paths of its losses. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into it
export function render(request: NeutralRequest, to = target()): { body: any; text: string; lost: string[] } {
  const { value, losses } = anthropicCodec.renderRequest(request, to);
  return { body: JSON.parse(value), text: value, lost: losses.map(({ path }) => path) };
}

/** The path that a refused request is told. */
export function pathOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(RelayError);
    if (!(error instanceof RelayError)) throw error;
    expect(error.code).toBe('invalid_request');
    return error.detail.path ?? '';
  }
  throw new Error('was not refused');
}

export const text = (said: string): Part => ({ kind: 'text', text: said });
export const user = (...parts: Part[]): Turn => ({ role: 'user', parts });
export const assistant = (...parts: Part[]): Turn => ({ role: 'assistant', parts });
export const system = (said: string): Turn => ({ role: 'system', parts: [text(said)] });
export const call = (id: string, input = '{}'): Part => ({ kind: 'tool_call', id, name: 'f', form: 'json', input });
export const result = (callId: string, said = 'r'): Part => ({
  kind: 'tool_result',
  callId,
  parts: [{ kind: 'text', text: said }],
  isError: false,
});
/** A function tool. */
export const f = { kind: 'function', name: 'f', schema: { type: 'object' } } as const;
/** As `render`, of a request with these turns alone. */
export const turnsOf = (turns: Turn[], model?: string) => render(neutral({ turns }), target(model));
