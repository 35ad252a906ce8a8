import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type Fields, listOf, positiveInteger, textOf } from './question.ts';
import { sendJson } from './sse.ts';
import { countTokens } from './tokens.ts';

const defaultDimensions = 256;
const maxDimensions = 4_096;

/** POST /v1/embeddings: vectors made from a hash of the text, so that equal texts are equal and nothing else means anything. */
export function answerEmbeddings(body: Fields, response: ServerResponse): void {
  const input = body['input'];
  const inputs = Array.isArray(input) && !isTokenList(input) ? input : [input];
  const dimensions = Math.min(positiveInteger(body['dimensions']) ?? defaultDimensions, maxDimensions);
  const asBase64 = body['encoding_format'] === 'base64';
  const data = inputs.map((one, index) => {
    const vector = vectorOf(JSON.stringify(one ?? ''), dimensions);
    const embedding = asBase64 ? Buffer.from(vector.buffer).toString('base64') : [...vector];
    return { object: 'embedding', index, embedding };
  });
  const tokens = inputs.reduce<number>((sum, one) => sum + inputTokens(one), 0);
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  sendJson(response, 200, { object: 'list', data, model: textOf(body['model']), usage });
}

function isTokenList(input: readonly unknown[]): boolean {
  return typeof input[0] === 'number';
}

function inputTokens(one: unknown): number {
  return Math.max(1, typeof one === 'string' ? countTokens(one) : listOf(one).length);
}

/** A unit vector of 32-bit floats. */
function vectorOf(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  let block = createHash('sha256').update(text).digest();
  let sumOfSquares = 0;
  for (let i = 0; i < dimensions; i++) {
    if (i > 0 && i % block.length === 0) block = createHash('sha256').update(block).digest();
    const value = ((block[i % block.length] ?? 0) - 127.5) / 127.5;
    vector[i] = value;
    sumOfSquares += value * value;
  }
  return vector.map((value) => value / Math.sqrt(sumOfSquares));
}
