import type { Rate, Usage } from '@ai-bridge/domain';

/**
 * Usage in Anthropic's words. All counters are there as integers, since clients add them up; what was not reported is 0, but for the
 * thinking and the searches, which may be null. A rate that Anthropic does not have is not told.
 */
export function writeUsage(usage: Usage): Record<string, unknown> {
  const write5m = usage.cacheWrite5m ?? 0;
  const write1h = usage.cacheWrite1h ?? 0;
  return {
    input_tokens: usage.input ?? 0,
    cache_creation_input_tokens: write5m + write1h,
    cache_read_input_tokens: usage.cacheRead ?? 0,
    cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
    output_tokens: usage.output ?? 0,
    output_tokens_details: usage.reasoning === undefined ? null : { thinking_tokens: usage.reasoning },
    server_tool_use: usage.webSearches === undefined ? null : searchesOf(usage.webSearches),
    service_tier: usage.rates?.find(isTier) ?? null,
    ...(usage.rates?.includes('fast') && { speed: 'fast' }),
    ...(usage.rates?.includes('us') && { inference_geo: 'us' }),
  };
}

function searchesOf(web_search_requests: number): object {
  return { web_search_requests, web_fetch_requests: 0 };
}

function isTier(rate: Rate): boolean {
  return rate === 'batch' || rate === 'priority';
}

/**
 * The best that is known of a usage for a client that reads numbers: where the prompt is not counted yet, our own estimate of it stands in.
 *
 * @param promptTokens the estimate
 */
export function usageOrEstimate(usage: Usage | undefined, promptTokens: number): Usage {
  const isPromptKnown = usage?.input !== undefined || usage?.cacheRead !== undefined;
  return isPromptKnown ? usage : { ...usage, input: Math.max(0, Math.round(promptTokens)) };
}
