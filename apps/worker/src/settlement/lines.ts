// Read without parsing the line: quotes inside JSON strings are escaped, so that these are only found where they are keys.
const organizationKey = '"organizationId":"';
const chargeKey = '"chargeNanoUsd":"';

/** The charges of a batch by organization; free requests make no entry. */
export function chargesOf(lines: readonly string[]): Map<string, bigint> {
  const charges = new Map<string, bigint>();
  for (const line of lines) {
    const charge = valueAfter(line, chargeKey);
    if (charge === '' || charge === '0') continue;
    const organizationId = valueAfter(line, organizationKey);
    charges.set(organizationId, (charges.get(organizationId) ?? 0n) + BigInt(charge));
  }
  return charges;
}

function valueAfter(line: string, key: string): string {
  const at = line.indexOf(key);
  if (at < 0) return '';
  const start = at + key.length;
  return line.slice(start, line.indexOf('"', start));
}

/**
 * The line with every character replaced that Postgres text cannot hold (NUL and halves of surrogate pairs): callers
 * choose model names and field names, and none of them may keep a request from being settled.
 * @returns undefined where the line is no JSON at all
 */
export function scrubLine(line: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(line, (_key, value) => (typeof value === 'string' ? storable(value) : value)));
  } catch {
    return undefined;
  }
}

function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD');
}
