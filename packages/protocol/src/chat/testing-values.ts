import type { AnswerContext, Target } from '../neutral/codec.ts';
import type { NeutralRequest } from '../neutral/request.ts';

/** A request that says nothing, and what a test adds to it. */
export function requestOf(fields: Partial<NeutralRequest> = {}): NeutralRequest {
  return { model: 'model', stream: true, system: [], turns: [], tools: [], sampling: {}, ...fields };
}

export function contextOf(fields: Partial<AnswerContext> = {}): AnswerContext {
  return {
    requestId: 'request-1',
    model: 'the-model',
    createdAtSeconds: 1_700_000_000.4,
    promptTokens: 12,
    includeUsage: false,
    request: requestOf(),
    ...fields,
  };
}

export function targetOf(model: string, maxOutputTokens?: number): Target {
  return { origin: { protocol: 'openai-chat', channelId: 'channel', model }, maxOutputTokens };
}
