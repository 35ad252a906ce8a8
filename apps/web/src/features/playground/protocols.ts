import type { Protocol } from '@ai-bridge/domain';

const nativeProtocols: Readonly<Record<string, Protocol>> = {
  anthropic: 'anthropic-messages',
  google: 'gemini',
  gemini: 'gemini',
};

/** The wire format in which a provider's models are asked without being converted. */
export function nativeProtocol(provider: string): Protocol {
  return nativeProtocols[provider] ?? 'openai-chat';
}
