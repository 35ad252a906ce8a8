/** What a search found at a customer, and the page leads on to. */
export const foundKinds = ['order', 'refund', 'request', 'key', 'person', 'organization'] as const;
export type FoundKind = (typeof foundKinds)[number];

export interface Found {
  readonly kind: FoundKind;
  readonly id: string;
}

/** The address of a customer's page that says what was found there. */
export function customerHref(organizationId: string, found?: Found): string {
  const page = `/admin/customers/${organizationId}`;
  return found && found.kind !== 'organization' ? `${page}?found=${found.kind}.${found.id}` : page;
}

/** What an address says was found; undefined where it says nothing readable. */
export function readFound(text: string | null): Found | undefined {
  const [, name, id] = /^([a-z]{1,16})\.([\w-]{1,128})$/.exec(text ?? '') ?? [];
  const kind = foundKinds.find((known) => known === name);
  return kind && id ? { kind, id } : undefined;
}
