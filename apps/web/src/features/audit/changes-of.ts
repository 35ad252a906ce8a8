/** One value that a deed changed. */
export interface Change {
  /** Empty where the deed is about one value alone. */
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

type Detail = Readonly<Record<string, unknown>>;

/**
 * What a deed changed, before and after, out of what was written down with it; and the rest of that. Deeds tell it as { from, to } (two
 * values, or two objects of which only what differs counts), as { changed: { field: { from, to } } }, as a field of { from, to }, or as a
 * field beside what it was `before`.
 */
export function changesOf(detail: Detail): { readonly changes: readonly Change[]; readonly rest: Detail } {
  const { from, to, changed, before, ...others } = detail;
  const changes: Change[] = [];
  const rest: Record<string, unknown> = {};
  if ('from' in detail && 'to' in detail) changes.push(...between(from, to));
  else Object.assign(rest, 'from' in detail ? { from } : {}, 'to' in detail ? { to } : {});
  if (isObject(changed)) changes.push(...pairsIn(changed, rest));
  else if (changed !== undefined) rest['changed'] = changed;
  const isBefore = (field: string) => 'before' in detail && field !== 'reason';
  for (const [field, value] of Object.entries(others)) {
    if (isPair(value)) changes.push(...between(value['from'], value['to'], field));
    else if (isBefore(field)) changes.push(...between(before, value, field));
    else rest[field] = value;
  }
  return { changes, rest };
}

function pairsIn(changed: Detail, rest: Record<string, unknown>): Change[] {
  return Object.entries(changed).flatMap(([field, value]) => {
    if (isPair(value)) return between(value['from'], value['to'], field);
    rest[field] = value;
    return [];
  });
}

/** Of two objects each field that differs, of other values the two. */
function between(from: unknown, to: unknown, field = ''): Change[] {
  const isBoth = (isObject(from) || from === null) && isObject(to);
  if (!isBoth) return [{ field, from, to }];
  const before = isObject(from) ? from : {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(to)])];
  return names
    .filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(to[name] ?? null))
    .map((name) => ({ field: field === '' ? name : `${field}.${name}`, from: before[name], to: to[name] }));
}

function isObject(value: unknown): value is Detail {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPair(value: unknown): value is Detail {
  return isObject(value) && 'from' in value && 'to' in value;
}
