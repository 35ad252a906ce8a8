import type { Codec } from '../neutral/codec.ts';
import { encodeChatBody } from './body.ts';
import { ChatDecoder, decodeChatBody } from './decoder.ts';
import { ChatEncoder } from './encoder.ts';
import { parseChatRequest } from './parse-request.ts';
import { renderChatRequest } from './render-request.ts';
import { writeChatUsage } from './usage.ts';

/** OpenAI Chat Completions, OpenAI's own and that of the vendors who took it over. */
export const chatCodec: Codec = {
  protocol: 'openai-chat',
  parseRequest: parseChatRequest,
  renderRequest: renderChatRequest,
  createDecoder: (origin) => new ChatDecoder(origin),
  decodeBody: decodeChatBody,
  createEncoder: (context) => new ChatEncoder(context),
  encodeBody: encodeChatBody,
  writeUsage: writeChatUsage,
};
