import type { Protocol } from '@ai-bridge/domain';

/** Proper names, the same in every language. */
export const protocolLabels: Readonly<Record<Protocol, string>> = {
  'anthropic-messages': 'Anthropic Messages',
  'openai-chat': 'OpenAI Chat',
  'openai-responses': 'OpenAI Responses',
  gemini: 'Gemini',
};
