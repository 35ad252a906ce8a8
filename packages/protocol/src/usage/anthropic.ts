import type { Usage } from '@ai-bridge/domain';
import { asObject, asText, type JsonObject } from '../json/parse.ts';
import { knownUsage, searchCount, sumKnown, tokenCount } from './count.ts';
import { anthropicRates } from './rates.ts';

const nothing: Usage = {};
const noCounters: AnthropicCounters = {};

/** The counters of an Anthropic usage object, gathered over the events of a stream. */
export interface AnthropicCounters {
  readonly input?: number | undefined;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
  readonly cacheWrite5m?: number | undefined;
  readonly cacheWrite1h?: number | undefined;
  readonly output?: number | undefined;
  readonly reasoning?: number | undefined;
  readonly webSearches?: number | undefined;
  /** At what it was answered, in Anthropic's words. */
  readonly tier?: string | undefined;
  readonly speed?: string | undefined;
  readonly geo?: string | undefined;
  /** What context compaction used; it is not part of the counters above. */
  readonly compaction?: AnthropicCounters | undefined;
}

/**
 * Takes in one usage object. The counters are cumulative, so each one that is told replaces the one before; the
 * 5-minute and 1-hour split and the rates come with the first object only and stay.
 */
export function mergeAnthropicCounters(before: AnthropicCounters, usage: JsonObject): AnthropicCounters {
  const split = asObject(usage['cache_creation']);
  const compaction = readCompaction(usage['iterations']);
  return {
    input: tokenCount(usage['input_tokens']) ?? before.input,
    cacheRead: tokenCount(usage['cache_read_input_tokens']) ?? before.cacheRead,
    cacheWrite: tokenCount(usage['cache_creation_input_tokens']) ?? before.cacheWrite,
    cacheWrite5m: tokenCount(split?.['ephemeral_5m_input_tokens']) ?? before.cacheWrite5m,
    cacheWrite1h: tokenCount(split?.['ephemeral_1h_input_tokens']) ?? before.cacheWrite1h,
    output: tokenCount(usage['output_tokens']) ?? before.output,
    reasoning: tokenCount(asObject(usage['output_tokens_details'])?.['thinking_tokens']) ?? before.reasoning,
    webSearches: searchCount(asObject(usage['server_tool_use'])?.['web_search_requests']) ?? before.webSearches,
    tier: asText(usage['service_tier']) ?? before.tier,
    speed: asText(usage['speed']) ?? before.speed,
    geo: asText(usage['inference_geo']) ?? before.geo,
    compaction: compaction ?? before.compaction,
  };
}

/** Nothing is subtracted: Anthropic's kinds are disjoint as they come. */
export function anthropicUsageOf(counters: AnthropicCounters): Usage | undefined {
  const own = disjoint(counters);
  const extra = counters.compaction ? disjoint(counters.compaction) : nothing;
  return knownUsage({
    input: sumKnown(own.input, extra.input),
    cacheRead: sumKnown(own.cacheRead, extra.cacheRead),
    cacheWrite5m: sumKnown(own.cacheWrite5m, extra.cacheWrite5m),
    cacheWrite1h: sumKnown(own.cacheWrite1h, extra.cacheWrite1h),
    output: sumKnown(own.output, extra.output),
    reasoning: own.reasoning === undefined ? undefined : Math.min(own.reasoning, own.output ?? own.reasoning),
    webSearches: counters.webSearches,
    rates: anthropicRates(counters.tier, counters.speed, counters.geo),
  });
}

/** The usage of a whole message. */
export function readAnthropicUsage(usage: JsonObject): Usage | undefined {
  return anthropicUsageOf(mergeAnthropicCounters(noCounters, usage));
}

function disjoint(counters: AnthropicCounters): Usage {
  const { cacheWrite, cacheWrite5m, cacheWrite1h } = counters;
  // Writes that no split accounts for were made at the default of five minutes.
  const unsplit = cacheWrite === undefined ? undefined : cacheWrite - (cacheWrite5m ?? 0) - (cacheWrite1h ?? 0);
  return {
    input: counters.input,
    cacheRead: counters.cacheRead,
    cacheWrite5m: unsplit === undefined ? cacheWrite5m : (cacheWrite5m ?? 0) + Math.max(0, unsplit),
    cacheWrite1h,
    output: counters.output,
    reasoning: counters.reasoning,
  };
}

function readCompaction(iterations: unknown): AnthropicCounters | undefined {
  if (!Array.isArray(iterations)) return undefined;
  let sum: AnthropicCounters | undefined;
  for (const entry of iterations.map(asObject)) {
    if (entry?.['type'] !== 'compaction') continue;
    const one = mergeAnthropicCounters({}, { ...entry, iterations: undefined });
    sum = {
      input: sumKnown(sum?.input, one.input),
      cacheRead: sumKnown(sum?.cacheRead, one.cacheRead),
      cacheWrite: sumKnown(sum?.cacheWrite, one.cacheWrite),
      cacheWrite5m: sumKnown(sum?.cacheWrite5m, one.cacheWrite5m),
      cacheWrite1h: sumKnown(sum?.cacheWrite1h, one.cacheWrite1h),
      output: sumKnown(sum?.output, one.output),
    };
  }
  return sum;
}
