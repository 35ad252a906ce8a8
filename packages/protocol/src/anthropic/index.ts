import type { Codec } from '../neutral/codec.ts';
import { decodeBody, encodeBody } from './body.ts';
import { AnthropicDecoder } from './decoder.ts';
import { AnthropicEncoder } from './encoder.ts';
import { parseRequest } from './parse-request.ts';
import { renderRequest } from './render-request.ts';
import { writeUsage } from './usage.ts';

export { anthropicVersion } from './model-rules.ts';

/** Anthropic's Messages. */
export const anthropicCodec: Codec = {
  protocol: 'anthropic-messages',
  parseRequest,
  renderRequest,
  createDecoder: (origin) => new AnthropicDecoder(origin),
  decodeBody,
  createEncoder: (context) => new AnthropicEncoder(context),
  encodeBody,
  writeUsage,
};
