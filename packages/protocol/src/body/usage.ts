import type { Protocol, Usage } from '@ai-bridge/domain';
import { byte, skipSpace } from '../json/bytes.ts';
import { asObject, type JsonObject, parseObject } from '../json/parse.ts';
import { type JsonSpan, scanObject } from '../json/scan.ts';
import { wantKeys } from '../json/wanted.ts';
import { readAnthropicUsage } from '../usage/anthropic.ts';
import { readGeminiUsage } from '../usage/gemini.ts';
import { readOpenAiUsage } from '../usage/openai.ts';

const usageKeys = wantKeys('usage');
const geminiUsageKeys = wantKeys('usageMetadata');

/**
 * The usage that an answer without a stream tells; also of embeddings, images and the other OpenAI routes. The rest of
 * the body is walked over, not parsed.
 *
 * @returns undefined where none is told, or the body is no JSON
 */
export function readBodyUsage(protocol: Protocol, body: Buffer): Usage | undefined {
  switch (protocol) {
    case 'anthropic-messages':
      return read(body, usageKeys, readAnthropicUsage);
    case 'openai-chat':
    case 'openai-responses':
      return read(body, usageKeys, readOpenAiUsage);
    case 'gemini':
      return isArray(body) ? readGeminiArray(body) : read(body, geminiUsageKeys, readGeminiUsage);
  }
}

function read(
  body: Buffer,
  keys: typeof usageKeys,
  reader: (usage: JsonObject) => Usage | undefined,
): Usage | undefined {
  const span = findSpan(body, keys);
  const usage = span && parseObject(body, span.start, span.end);
  return usage && reader(usage);
}

function findSpan(body: Buffer, keys: typeof usageKeys): JsonSpan | undefined {
  try {
    return scanObject(body, keys).spans[0];
  } catch {
    return undefined;
  }
}

function isArray(body: Buffer): boolean {
  return body[skipSpace(body, 0, body.length)] === byte.openBracket;
}

/** A Gemini stream without `alt=sse` is one array of chunks, each with the usage so far. */
function readGeminiArray(body: Buffer): Usage | undefined {
  let chunks: unknown;
  try {
    chunks = JSON.parse(body.toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(chunks)) return undefined;
  const metadata = chunks.map((chunk) => asObject(asObject(chunk)?.['usageMetadata'])).findLast((usage) => usage);
  return metadata && readGeminiUsage(metadata);
}
