/** What a statement is of: everything, or the requests of one key, or of the keys that one member made. */
export type StatementPart =
  | { readonly kind: 'organization' }
  | { readonly kind: 'key'; readonly id: string }
  | { readonly kind: 'member'; readonly id: string };

export const wholeOrganization: StatementPart = { kind: 'organization' };
const maxIdLength = 64;

/** The part that an address names, where anyone may have typed anything. */
export function readPart(query: { readonly get: (name: string) => string | null }): StatementPart {
  for (const kind of ['key', 'member'] as const) {
    const id = query.get(kind);
    if (id && id.length <= maxIdLength) return { kind, id };
  }
  return wholeOrganization;
}

/** The same as an address has it. */
export function partQuery(part: StatementPart): Record<string, string> {
  return part.kind === 'organization' ? {} : { [part.kind]: part.id };
}
