/** Parts of all customers that staff look at. */
export const customerParts = ['suspended', 'funded', 'new'] as const;
export type CustomerPart = (typeof customerParts)[number];

/** What the list is narrowed to, as the address has it. */
export interface CustomerFilter {
  /** How a name or a member's e-mail begins; '' does not narrow. */
  readonly search: string;
  readonly part: CustomerPart | undefined;
}

export function readCustomerFilter(query: { get(name: string): string | null }): CustomerFilter {
  return {
    search: query.get('search')?.trim() ?? '',
    part: customerParts.find((part) => part === query.get('part')),
  };
}

/** The query of an address that narrows the list like this. */
export function customerFilterQuery({ search, part }: CustomerFilter): Record<string, string> {
  return { ...(search && { search }), ...(part && { part }) };
}
