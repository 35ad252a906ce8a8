/** A query string without the keys that were in it. */
export interface QueryWithoutKeys {
  /** The values of every `key` parameter. */
  readonly keys: readonly string[];
  /** The other parameters byte for byte, with the question mark; empty where there are none. */
  readonly query: string;
}

const noKeys: readonly string[] = [];

/** Takes the API key out of a query, where Gemini's clients may put it, so that it is neither forwarded nor written anywhere. */
export function takeQueryKeys(query: string): QueryWithoutKeys {
  if (query.length <= 1) return { keys: noKeys, query };
  const keys: string[] = [];
  const kept: string[] = [];
  for (const parameter of query.slice(1).split('&')) {
    // Decoded first: %6Bey is a key as well.
    const [name, value] = new URLSearchParams(parameter).entries().next().value ?? [];
    if (name === 'key') keys.push(value ?? '');
    else kept.push(parameter);
  }
  if (keys.length === 0) return { keys: noKeys, query };
  return { keys, query: kept.length === 0 ? '' : `?${kept.join('&')}` };
}
