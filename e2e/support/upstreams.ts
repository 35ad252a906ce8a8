import type { BridgeConfig, ChannelConfig, ModelConfig } from './config.ts';
import { upstreamKey } from './config.ts';

/** A model for each protocol, served by a channel that speaks nothing else. */
export const spoken = {
  'anthropic-messages': 'only-anthropic',
  'openai-chat': 'only-chat',
  'openai-responses': 'only-responses',
  gemini: 'only-gemini',
} as const;
export type SpokenProtocol = keyof typeof spoken;
export const protocols = Object.keys(spoken) as SpokenProtocol[];

/** USD per million tokens; whole numbers, so that charges are easily worked out. */
export const onlyPrice = { input: 1, output: 10, cacheRead: 0.1, cacheWrite5m: 1.25, cacheWrite1h: 2 };

/** Adds those models and their channels to a config. */
export function withOneProtocolEach(config: BridgeConfig, url: string): BridgeConfig {
  const channels: ChannelConfig[] = protocols.map((protocol) => ({
    name: spoken[protocol],
    preset: 'custom',
    protocol,
    baseUrl: url,
    apiKey: upstreamKey,
    allowPrivate: true,
    // Upstreams know models by ids of their own; Gemini's rules go by the family in the id.
    models: { [spoken[protocol]]: protocol === 'gemini' ? 'gemini-3-pro-preview' : spoken[protocol] },
  }));
  const models: ModelConfig[] = protocols.map((protocol) => ({ id: spoken[protocol], price: onlyPrice, fallback: [] }));
  return { ...config, channels: [...config.channels, ...channels], models: [...config.models, ...models] };
}

/** A request for one answer, streamed or whole, in a client's protocol. */
export function requestIn(client: SpokenProtocol, model: string, text: string, stream: boolean) {
  const messages = [{ role: 'user', content: text }];
  const method = stream ? 'streamGenerateContent?alt=sse' : 'generateContent';
  return {
    'anthropic-messages': { path: '/v1/messages', body: { model, max_tokens: 100, stream, messages } },
    'openai-chat': { path: '/v1/chat/completions', body: { model, stream, messages } },
    'openai-responses': { path: '/v1/responses', body: { model, stream, input: text, store: false } },
    gemini: { path: `/v1beta/models/${model}:${method}`, body: { contents: [{ role: 'user', parts: [{ text }] }] } },
  }[client];
}
