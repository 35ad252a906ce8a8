import { promptTokens, type Usage } from '@ai-bridge/domain';
import { openAiServiceTier } from '../usage/rates.ts';

/**
 * Usage in OpenAI's words: the prompt count holds what came from and went into the cache, and both details objects are there with whole
 * numbers, as Codex refuses an answer without them.
 */
export function writeUsage(usage: Usage): Record<string, unknown> {
  const { cacheRead = 0, cacheWrite5m = 0, cacheWrite1h, output = 0, reasoning = 0 } = usage;
  const input = promptTokens(usage);
  const split = { ttl_30m_tokens: cacheWrite5m, ttl_12h_tokens: cacheWrite1h };
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: cacheRead,
      cache_write_tokens: cacheWrite5m + (cacheWrite1h ?? 0),
      ...(cacheWrite1h === undefined ? {} : { cache_write_tokens_details: split }),
    },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}

/** What a Response says of its usage: the counts, and beside them the searches and the rate that it was answered at. */
export function usageFields(usage: Usage): Record<string, unknown> {
  const { webSearches, rates } = usage;
  return {
    service_tier: openAiServiceTier(rates) ?? 'default',
    ...(webSearches === undefined ? {} : { tool_usage: { web_search: { num_requests: webSearches } } }),
    usage: writeUsage(usage),
  };
}
