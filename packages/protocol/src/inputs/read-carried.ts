import type { ModelInput, Protocol } from '@ai-bridge/domain';
import { type JsonObject, parseObject } from '../json/parse.ts';
import { noteAnthropic } from './anthropic.ts';
import { Carried } from './carried.ts';
import { noteChat } from './chat.ts';
import { noteGemini } from './gemini.ts';
import { noteResponses } from './responses.ts';

const readers: Record<Protocol, (root: JsonObject, carried: Carried) => void> = {
  'anthropic-messages': noteAnthropic,
  'openai-chat': noteChat,
  'openai-responses': noteResponses,
  gemini: noteGemini,
};

const geminiMedia = bytes('"inlineData"', '"inline_data"', '"fileData"', '"file_data"');

/** Bytes of which one at least stands in every body that carries such an input. */
const marks: Record<Protocol, Record<ModelInput, readonly Buffer[]>> = {
  'anthropic-messages': {
    images: bytes('"image"'),
    tools: bytes('"tools"', '"tool_use"', '"tool_result"'),
    documents: bytes('"document"'),
  },
  'openai-chat': {
    images: bytes('"image_url"'),
    tools: bytes('"tools"', '"functions"', '"tool_calls"', '"function_call"', '"tool"', '"function"'),
    documents: bytes('"file"'),
  },
  'openai-responses': {
    images: bytes('"input_image"', '"computer_screenshot"'),
    tools: bytes('"tools"', '"function_call', '"custom_tool_call'),
    documents: bytes('"input_file"'),
  },
  gemini: {
    images: geminiMedia,
    tools: bytes('"tools"', '"functionCall"', '"function_call"', '"functionResponse"', '"function_response"'),
    documents: geminiMedia,
  },
};

/**
 * Whether a request may carry such an input: a look for bytes, so that most bodies need not be parsed. Who writes these words with escapes
 * is not seen, and gets the upstream's own refusal.
 */
export function mayCarry(protocol: Protocol, body: Buffer, input: ModelInput): boolean {
  return marks[protocol][input].some((mark) => body.includes(mark));
}

/** What a request carries, in earlier turns and in the results of tools as well. What is malformed is left to the upstream. */
export function readCarried(protocol: Protocol, body: Buffer): Carried {
  const carried = new Carried();
  const root = parseObject(body);
  if (root) readers[protocol](root, carried);
  return carried;
}

function bytes(...texts: readonly string[]): readonly Buffer[] {
  return texts.map((text) => Buffer.from(text));
}
