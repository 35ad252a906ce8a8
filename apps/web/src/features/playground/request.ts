import type { Protocol } from '@ai-bridge/domain';

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** What is asked, whatever the protocol. */
export interface Question {
  readonly protocol: Protocol;
  readonly model: string;
  /** Empty: none. */
  readonly system: string;
  readonly turns: readonly Turn[];
  /** Undefined: the model's own. */
  readonly temperature: number | undefined;
  readonly maxTokens: number;
}

/** A question as it goes over the wire. */
export interface WireRequest {
  /** Behind the worker's address. */
  readonly path: string;
  /** All but the one that carries the key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly keyHeader: { readonly name: string; readonly before: string };
  readonly body: Readonly<Record<string, unknown>>;
}

const json = { 'content-type': 'application/json' };
const bearer = { name: 'authorization', before: 'Bearer ' };

/** @param stream whether the answer comes as events */
export function wireRequest(question: Question, stream: boolean): WireRequest {
  return builders[question.protocol](question, stream);
}

type Build = (question: Question, stream: boolean) => WireRequest;

const builders: Readonly<Record<Protocol, Build>> = {
  'anthropic-messages': ({ model, system, turns, temperature, maxTokens }, stream) => ({
    path: '/v1/messages',
    headers: { ...json, 'anthropic-version': '2023-06-01' },
    keyHeader: { name: 'x-api-key', before: '' },
    body: {
      ...{ model, max_tokens: maxTokens },
      ...(system && { system }),
      ...(temperature !== undefined && { temperature }),
      messages: turns.map(({ role, text }) => ({ role, content: text })),
      ...(stream && { stream }),
    },
  }),
  'openai-chat': ({ model, system, turns, temperature, maxTokens }, stream) => ({
    ...{ path: '/v1/chat/completions', headers: json, keyHeader: bearer },
    body: {
      ...{ model, max_completion_tokens: maxTokens },
      ...(temperature !== undefined && { temperature }),
      messages: [
        ...(system ? [{ role: 'system', content: system }] : []),
        ...turns.map(({ role, text }) => ({ role, content: text })),
      ],
      ...(stream && { stream, stream_options: { include_usage: true } }),
    },
  }),
  'openai-responses': ({ model, system, turns, temperature, maxTokens }, stream) => ({
    ...{ path: '/v1/responses', headers: json, keyHeader: bearer },
    body: {
      ...{ model, max_output_tokens: maxTokens },
      ...(system && { instructions: system }),
      ...(temperature !== undefined && { temperature }),
      input: turns.map(({ role, text }) => ({ role, content: text })),
      ...{ store: false, ...(stream && { stream }) },
    },
  }),
  gemini: ({ model, system, turns, temperature, maxTokens }, stream) => ({
    path: `/v1beta/models/${encodeURIComponent(model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    headers: json,
    keyHeader: { name: 'x-goog-api-key', before: '' },
    body: {
      ...(system && { systemInstruction: { parts: [{ text: system }] } }),
      contents: turns.map(({ role, text }) => ({ role: role === 'user' ? 'user' : 'model', parts: [{ text }] })),
      generationConfig: { maxOutputTokens: maxTokens, ...(temperature !== undefined && { temperature }) },
    },
  }),
};
