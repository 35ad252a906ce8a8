import type { Usage } from '@ai-bridge/domain';
import { asObject, type JsonObject } from '../json/parse.ts';
import { knownUsage, searchCount, sumKnown, tokenCount } from './count.ts';
import { geminiRates } from './rates.ts';

/**
 * The prompt count includes what was cached; the candidates' count leaves thoughts out, except where the total says otherwise.
 *
 * @param queries what the model searched for, as `addSearchQueries` gathered it; undefined where it made no search
 */
export function readGeminiUsage(metadata: JsonObject, queries?: ReadonlySet<string>): Usage | undefined {
  const prompt = tokenCount(metadata['promptTokenCount']);
  const cacheRead = tokenCount(metadata['cachedContentTokenCount']);
  const toolUse = tokenCount(metadata['toolUsePromptTokenCount']);
  const uncached = prompt !== undefined && (cacheRead ?? 0) <= prompt ? prompt - (cacheRead ?? 0) : prompt;
  return knownUsage({
    input: sumKnown(uncached, toolUse),
    cacheRead,
    ...outputOf(metadata, prompt, toolUse),
    webSearches: searchCount(queries?.size),
    rates: geminiRates(metadata['serviceTier'], metadata['trafficType']),
  });
}

function outputOf(
  metadata: JsonObject,
  prompt: number | undefined,
  toolUse: number | undefined,
): Pick<Usage, 'output' | 'reasoning'> {
  const candidates = tokenCount(metadata['candidatesTokenCount']);
  const thoughts = tokenCount(metadata['thoughtsTokenCount']);
  const total = tokenCount(metadata['totalTokenCount']);
  const thoughtsInside =
    candidates !== undefined && total !== undefined && sumKnown(sumKnown(prompt, toolUse), candidates) === total;
  const output = thoughtsInside ? candidates : sumKnown(candidates, thoughts);
  return { output, reasoning: thoughts === undefined ? undefined : Math.min(thoughts, output ?? thoughts) };
}

/** How a candidate that was grounded in searches can be told by its bytes. */
export const searchQueriesKey = Buffer.from('"webSearchQueries"');

/**
 * Adds what the candidates of a response or chunk were searched for. Google bills each query of an answer once, however many chunks repeat
 * it, and no empty ones.
 *
 * @returns undefined while there was none
 */
export function addSearchQueries(queries: Set<string> | undefined, candidates: unknown): Set<string> | undefined {
  if (!Array.isArray(candidates)) return queries;
  let all = queries;
  for (const candidate of candidates) {
    const named = asObject(asObject(candidate)?.['groundingMetadata'])?.['webSearchQueries'];
    if (!Array.isArray(named)) continue;
    for (const query of named) if (typeof query === 'string' && query !== '') all = (all ?? new Set()).add(query);
  }
  return all;
}
