import type { Rate, Usage } from '@ai-bridge/domain';
import { sumKnown } from '../usage/count.ts';

/**
 * `usageMetadata`. The prompt's count holds what was cached and what was written to a cache, for which Gemini has no count of its own;
 * the candidates' count leaves thoughts out. A prompt that is not known is left out, whatever is known of its cache.
 * Searches have no place here: Gemini names them one by one, with what they found.
 */
export function writeUsage(usage: Usage): Record<string, unknown> {
  const { input, cacheRead, output, reasoning, rates } = usage;
  const serviceTier = rates?.find(isTier);
  const prompt =
    input === undefined
      ? undefined
      : sumKnown(sumKnown(input, cacheRead), sumKnown(usage.cacheWrite5m, usage.cacheWrite1h));
  const candidates = output === undefined ? undefined : Math.max(0, output - (reasoning ?? 0));
  const total = sumKnown(sumKnown(prompt, candidates), reasoning);
  return {
    ...(prompt !== undefined && { promptTokenCount: prompt }),
    ...(cacheRead !== undefined && { cachedContentTokenCount: cacheRead }),
    ...(candidates !== undefined && { candidatesTokenCount: candidates }),
    ...(reasoning !== undefined && { thoughtsTokenCount: reasoning }),
    ...(total !== undefined && { totalTokenCount: total }),
    ...(serviceTier !== undefined && { serviceTier }),
  };
}

function isTier(rate: Rate): boolean {
  return rate === 'flex' || rate === 'priority';
}
