import type { Codec } from '../neutral/codec.ts';
import { decodeBody, encodeBody } from './body.ts';
import { ResponsesDecoder } from './decoder.ts';
import { ResponsesEncoder } from './encoder.ts';
import { parseRequest } from './parse-request.ts';
import { renderRequest } from './render-request.ts';
import { writeUsage } from './usage.ts';

/** OpenAI Responses: POST /v1/responses. */
export const responsesCodec: Codec = {
  protocol: 'openai-responses',
  parseRequest,
  renderRequest,
  createDecoder: (origin) => new ResponsesDecoder(origin),
  decodeBody,
  createEncoder: (context) => new ResponsesEncoder(context),
  encodeBody,
  writeUsage,
};
