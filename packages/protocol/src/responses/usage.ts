import { promptTokens, type Usage } from '@ai-bridge/domain';

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
