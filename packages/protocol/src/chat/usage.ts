import { promptTokens, type Usage } from '@ai-bridge/domain';
import { openAiServiceTier } from '../usage/rates.ts';

/** Both objects with details are always there, and all counts are integers: clients rely on it. */
export function writeChatUsage(usage: Usage): Record<string, unknown> {
  const prompt = promptTokens(usage);
  const { cacheWrite5m = 0, cacheWrite1h = 0, output = 0 } = usage;
  // OpenAI's two lifetimes of cache entries: told only where there is something of the longer one.
  const split = { ttl_30m_tokens: cacheWrite5m, ttl_12h_tokens: cacheWrite1h };
  return {
    prompt_tokens: prompt,
    completion_tokens: output,
    total_tokens: prompt + output,
    prompt_tokens_details: {
      cached_tokens: usage.cacheRead ?? 0,
      cache_write_tokens: cacheWrite5m + cacheWrite1h,
      ...(cacheWrite1h > 0 ? { cache_write_tokens_details: split } : {}),
      audio_tokens: 0,
    },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoning ?? 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** What an answer says beside its usage: `service_tier`, where it was not answered at the standard. */
export function tierField({ rates }: Usage): { readonly service_tier?: string } {
  const tier = openAiServiceTier(rates);
  return tier === undefined ? {} : { service_tier: tier };
}
