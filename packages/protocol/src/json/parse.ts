/** A parsed object whose fields are not known to be anything yet. */
export type JsonObject = { readonly [key: string]: unknown };

/** The JSON object in a range of bytes; undefined where it is anything else. */
export function parseObject(text: Buffer, start = 0, end = text.length): JsonObject | undefined {
  return parseObjectText(text.toString('utf8', start, end));
}

/** The JSON object that a text is; undefined where it is anything else. */
export function parseObjectText(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The elements of the JSON array in a range of bytes; none where it is anything else. */
export function parseList(text: Buffer, start: number, end: number): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text.toString('utf8', start, end));
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
