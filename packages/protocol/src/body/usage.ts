import type { Protocol, Usage } from '@ai-bridge/domain';
import { byte, findWithin, skipSpace } from '../json/bytes.ts';
import { asObject, type JsonObject, parseList, parseObject } from '../json/parse.ts';
import { type JsonSpan, scanObject } from '../json/scan.ts';
import { wantKeys } from '../json/wanted.ts';
import { readAnthropicUsage } from '../usage/anthropic.ts';
import { addSearchQueries, readGeminiUsage, searchQueriesKey } from '../usage/gemini.ts';
import { readOpenAiUsage } from '../usage/openai.ts';

type Spans = readonly (JsonSpan | undefined)[];

const anthropicKeys = wantKeys('usage');
const openAiKeys = wantKeys('usage', 'service_tier', 'tool_usage');
const geminiKeys = wantKeys('usageMetadata', 'candidates');

/**
 * The usage that an answer without a stream tells; also of embeddings, images and the other OpenAI routes. The rest of
 * the body is walked over, not parsed.
 *
 * @returns undefined where none is told, or the body is no JSON
 */
export function readBodyUsage(protocol: Protocol, body: Buffer): Usage | undefined {
  switch (protocol) {
    case 'anthropic-messages':
      return readAnthropicBody(body);
    case 'openai-chat':
    case 'openai-responses':
      return readOpenAiBody(body);
    case 'gemini':
      return isArray(body) ? readGeminiArray(body) : readGeminiBody(body);
  }
}

function readAnthropicBody(body: Buffer): Usage | undefined {
  const usage = objectAt(body, findSpans(body, anthropicKeys)[0]);
  return usage && readAnthropicUsage(usage);
}

function readOpenAiBody(body: Buffer): Usage | undefined {
  const [usageSpan, tier, toolUsage] = findSpans(body, openAiKeys);
  const usage = objectAt(body, usageSpan);
  return usage && readOpenAiUsage(usage, textAt(body, tier), objectAt(body, toolUsage));
}

function readGeminiBody(body: Buffer): Usage | undefined {
  const [metadataSpan, candidates] = findSpans(body, geminiKeys);
  const metadata = objectAt(body, metadataSpan);
  return metadata && readGeminiUsage(metadata, queriesIn(body, candidates));
}

/** Most answers were not searched for: their candidates are not parsed. */
function queriesIn(body: Buffer, candidates: JsonSpan | undefined): ReadonlySet<string> | undefined {
  if (!candidates || findWithin(body, searchQueriesKey, candidates.start, candidates.end) === -1) return undefined;
  return addSearchQueries(undefined, parseList(body, candidates.start, candidates.end));
}

function findSpans(body: Buffer, keys: typeof openAiKeys): Spans {
  try {
    return scanObject(body, keys).spans;
  } catch {
    return [];
  }
}

function objectAt(body: Buffer, span: JsonSpan | undefined): JsonObject | undefined {
  return span && parseObject(body, span.start, span.end);
}

/** A word, read without its escapes: what is written with any is no word that means something. */
function textAt(body: Buffer, span: JsonSpan | undefined): string | undefined {
  return span?.kind === 'string' ? body.toString('latin1', span.start + 1, span.end - 1) : undefined;
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
  const objects = chunks.map(asObject);
  const metadata = objects.map((chunk) => asObject(chunk?.['usageMetadata'])).findLast((usage) => usage);
  let queries: Set<string> | undefined;
  for (const chunk of objects) queries = addSearchQueries(queries, chunk?.['candidates']);
  return metadata && readGeminiUsage(metadata, queries);
}
