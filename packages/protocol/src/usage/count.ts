import { maxTokensOfAKind, type Usage } from '@ai-bridge/domain';

/** A token count as an upstream reports it; undefined where it is no believable one. Zero is zero. */
export function tokenCount(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(value >= 0 && value <= maxTokensOfAKind)) return undefined;
  return Math.floor(value);
}

/** Sum of what is known; undefined where nothing is. */
export function sumKnown(...counts: (number | undefined)[]): number | undefined {
  let sum: number | undefined;
  for (const count of counts) if (count !== undefined) sum = (sum ?? 0) + count;
  return sum === undefined ? undefined : Math.min(sum, maxTokensOfAKind);
}

const kinds = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output', 'reasoning'] as const;

/** A usage without the kinds that are not known; undefined where none is. */
export function knownUsage(counts: Usage): Usage | undefined {
  const known: { -readonly [Kind in keyof Usage]: Usage[Kind] } = {};
  let isEmpty = true;
  for (const kind of kinds) {
    if (counts[kind] === undefined) continue;
    known[kind] = counts[kind];
    isEmpty = false;
  }
  return isEmpty ? undefined : known;
}
