import type { Codec } from '../neutral/codec.ts';
import { decodeBody, encodeBody } from './body.ts';
import { GeminiDecoder } from './decoder.ts';
import { GeminiEncoder } from './encoder.ts';
import { parseRequest } from './parse-request.ts';
import { renderRequest } from './render-request.ts';
import { writeUsage } from './usage.ts';

/** Google's generateContent and streamGenerateContent (generativelanguage, v1beta). */
export const geminiCodec: Codec = {
  protocol: 'gemini',
  parseRequest,
  renderRequest,
  createDecoder: (origin) => new GeminiDecoder(origin),
  decodeBody,
  createEncoder: (context) => new GeminiEncoder(context),
  encodeBody,
  writeUsage,
};
