import type { Usage } from '@ai-bridge/domain';
import { asObject, type JsonObject } from '../json/parse.ts';
import { knownUsage, searchCount, sumKnown, tokenCount } from './count.ts';
import { openAiRates } from './rates.ts';

/**
 * The usage of every OpenAI-shaped answer: chat (prompt_tokens), Responses, images and audio (input_tokens), embeddings
 * (no output). Prompt counts there include what came from and went into the cache; ours are disjoint.
 *
 * @param serviceTier `service_tier` of the answer, which stands beside the usage
 * @param toolUsage `tool_usage` of a Responses answer, likewise; it counts only the searches that are billed
 */
export function readOpenAiUsage(usage: JsonObject, serviceTier?: unknown, toolUsage?: unknown): Usage | undefined {
  const prompt = tokenCount(usage['prompt_tokens']) ?? tokenCount(usage['input_tokens']);
  const details = asObject(usage['prompt_tokens_details']) ?? asObject(usage['input_tokens_details']);
  const cacheRead =
    tokenCount(details?.['cached_tokens']) ??
    tokenCount(usage['prompt_cache_hit_tokens']) ??
    tokenCount(usage['cached_tokens']);
  const cacheWrite = tokenCount(details?.['cache_write_tokens']);
  const longWrite = tokenCount(asObject(details?.['cache_write_tokens_details'])?.['ttl_12h_tokens']);
  const cacheWrite1h = longWrite === undefined ? undefined : Math.min(longWrite, cacheWrite ?? longWrite);
  return knownUsage({
    input: uncachedInput(prompt, sumKnown(cacheRead, cacheWrite) ?? 0),
    cacheRead,
    cacheWrite5m: cacheWrite === undefined ? undefined : cacheWrite - (cacheWrite1h ?? 0),
    cacheWrite1h,
    ...outputOf(usage, prompt),
    webSearches: searchCount(asObject(asObject(toolUsage)?.['web_search'])?.['num_requests']),
    rates: openAiRates(serviceTier),
  });
}

/** Where more is cached than the whole prompt holds, the upstream's prompt count leaves the cached part out already. */
function uncachedInput(prompt: number | undefined, cached: number): number | undefined {
  if (prompt === undefined) return undefined;
  return cached > prompt ? prompt : prompt - cached;
}

function outputOf(usage: JsonObject, prompt: number | undefined): Pick<Usage, 'output' | 'reasoning'> {
  const output = tokenCount(usage['completion_tokens']) ?? tokenCount(usage['output_tokens']);
  const details = asObject(usage['completion_tokens_details']) ?? asObject(usage['output_tokens_details']);
  const reasoning = tokenCount(details?.['reasoning_tokens']);
  if (output === undefined || reasoning === undefined) return { output, reasoning };
  // Some vendors leave reasoning out of the output count; their own total tells.
  const isApart = reasoning > 0 && tokenCount(usage['total_tokens']) === (prompt ?? 0) + output + reasoning;
  return isApart
    ? { output: sumKnown(output, reasoning), reasoning }
    : { output, reasoning: Math.min(reasoning, output) };
}
