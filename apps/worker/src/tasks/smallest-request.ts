import type { ChannelSnapshot } from '@ai-bridge/catalog';
import type { Protocol } from '@ai-bridge/domain';
import { anthropicVersion, codecOf } from '@ai-bridge/protocol';
import type { Target } from '../upstream/target.ts';

/** The least that OpenAI's Responses take as a cap; enough for a word of answer. */
const maxOutputTokens = 16;
const greeting = 'Hi';

const endpoints: Record<Protocol, string> = {
  'anthropic-messages': '/v1/messages',
  'openai-chat': '/v1/chat/completions',
  'openai-responses': '/v1/responses',
  gemini: '/v1beta/models/{model}:generateContent',
};

/** The smallest request that makes a model answer. */
export function smallestRequest(channel: ChannelSnapshot, protocol: Protocol, upstreamModel: string) {
  const request = {
    model: upstreamModel,
    stream: false,
    system: [],
    turns: [{ role: 'user' as const, parts: [{ kind: 'text' as const, text: greeting }] }],
    tools: [],
    sampling: {},
    maxOutputTokens,
  };
  const origin = { protocol, channelId: channel.id, model: upstreamModel };
  const { value } = codecOf(protocol).renderRequest(request, { origin, maxOutputTokens: undefined });
  return { endpoint: endpoints[protocol], body: value };
}

/** Headers of a request that is our own and no client's. */
export function ownHeaders(target: Target, protocol: Protocol, upstreamModel: string): string[] {
  const headers = ['content-type', 'application/json', 'accept-encoding', 'identity', 'user-agent', 'ai-bridge'];
  if (protocol === 'anthropic-messages') headers.push('anthropic-version', anthropicVersion(upstreamModel));
  if (target.credentialValue) headers.push(target.credentialHeader, target.credentialValue);
  return headers;
}
