import type { Protocol } from '@ai-bridge/domain';
import { anthropicCodec } from '../anthropic/index.ts';
import { chatCodec } from '../chat/index.ts';
import { geminiCodec } from '../gemini/index.ts';
import type { Codec } from '../neutral/codec.ts';
import { responsesCodec } from '../responses/index.ts';

const codecs: Record<Protocol, Codec> = {
  'anthropic-messages': anthropicCodec,
  'openai-chat': chatCodec,
  'openai-responses': responsesCodec,
  gemini: geminiCodec,
};

export function codecOf(protocol: Protocol): Codec {
  return codecs[protocol];
}
