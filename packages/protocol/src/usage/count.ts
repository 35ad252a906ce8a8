import { maxTokensOfAKind, maxWebSearches, type Usage } from '@ai-bridge/domain';

/** A token count as an upstream reports it; undefined where it is no believable one. Zero is zero. */
export function tokenCount(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(value >= 0 && value <= maxTokensOfAKind)) return undefined;
  return Math.floor(value);
}

/** A number of searches as an upstream reports it; undefined where it is no believable one. */
export function searchCount(value: unknown): number | undefined {
  const count = tokenCount(value);
  return count === undefined ? undefined : Math.min(count, maxWebSearches);
}

/** Sum of what is known; undefined where nothing is. */
export function sumKnown(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined) return other;
  return other === undefined ? one : Math.min(one + other, maxTokensOfAKind);
}

/**
 * A usage in which every kind has its place, known or not, so that all usages have one shape; undefined where nothing is counted. Rates
 * alone count nothing.
 */
export function knownUsage({
  input,
  cacheRead,
  cacheWrite5m,
  cacheWrite1h,
  output,
  reasoning,
  webSearches,
  rates,
}: Usage): Usage | undefined {
  const isEmpty =
    input === undefined &&
    cacheRead === undefined &&
    cacheWrite5m === undefined &&
    cacheWrite1h === undefined &&
    output === undefined &&
    reasoning === undefined &&
    webSearches === undefined;
  return isEmpty ? undefined : { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning, webSearches, rates };
}
