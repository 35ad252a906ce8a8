/** Parts of all people that staff look at. */
export const personParts = ['staff', 'suspended'] as const;
export type PersonPart = (typeof personParts)[number];

/** What the list is narrowed to, as the address has it. */
export interface PersonFilter {
  /** An id, or how an e-mail begins; '' does not narrow. */
  readonly search: string;
  readonly part: PersonPart | undefined;
}

export function readPersonFilter(query: { get(name: string): string | null }): PersonFilter {
  return {
    search: query.get('search')?.trim() ?? '',
    part: personParts.find((part) => part === query.get('part')),
  };
}

/** The query of an address that narrows the list like this. */
export function personFilterQuery({ search, part }: PersonFilter): Record<string, string> {
  return { ...(search && { search }), ...(part && { part }) };
}
