import { findKeys, findOrganizations, findPeopleWithAccounts, type Permission } from '@ai-bridge/access';
import { findById } from '@ai-bridge/billing';
import { findRequestOwner } from '@ai-bridge/usage';
import type { Deps } from '#server/deps.ts';
import { organizationNames } from '#server/organizations.ts';
import type { FoundKind } from '../found.ts';
import { readSearch, type SearchWish } from '../search-kind.ts';

/** Something that a text means. */
export interface SearchHit {
  readonly kind: FoundKind;
  readonly id: string;
  /** What people call it; null: its id. */
  readonly label: string | null;
  /** The text is exactly this, and not how it begins. */
  readonly isExact: boolean;
  readonly organization: { readonly id: string; readonly name: string };
}

type BareHit = Omit<SearchHit, 'organization'> & { readonly organizationId: string };
type Search = (deps: Deps, text: string, may: (permission: Permission) => boolean) => Promise<readonly BareHit[]>;

const maxHitsOfKind = 20;

/** What a text means, by its shape: ids whole; keys, e-mails and names by how they begin. Only what who asks may see of customers. */
export async function searchCustomers(
  deps: Deps,
  typed: string,
  may: (permission: Permission) => boolean,
): Promise<readonly SearchHit[]> {
  const wish = readSearch(typed);
  if (!wish) return [];
  const hits = await searches[wish.kind](deps, wish.text, may);
  const nameOf = await organizationNames(
    deps,
    hits.map(({ organizationId }) => organizationId),
  );
  return hits.map(({ organizationId, ...hit }) => ({ ...hit, organization: nameOf(organizationId) }));
}

const searches: Readonly<Record<SearchWish['kind'], Search>> = {
  async request({ database }, text, may) {
    if (!may('receipt.read') && !may('channel.read')) return [];
    const organizationId = await findRequestOwner(database, text);
    return organizationId === undefined ? [] : [{ ...whole('request', text), organizationId }];
  },
  async payment({ database }, text, may) {
    if (!may('order.read')) return [];
    const found = await findById(database, text);
    return found.map(({ kind, id, organizationId }) => ({ ...whole(kind, id), organizationId }));
  },
  async key({ database }, text, may) {
    if (!may('apiKey.read')) return [];
    const keys = await findKeys(database, text);
    return keys.map(({ id, name, prefix, last4, organizationId }) => {
      const isExact = text === id || text === prefix;
      return { kind: 'key' as const, id, label: `${name} · ${prefix}…${last4}`, isExact, organizationId };
    });
  },
  person: (deps, text, may) => people(deps, text, may),
  email: (deps, text, may) => people(deps, text, may),
  async organization({ prisma }, text) {
    const row = await prisma.organization.findUnique({ where: { id: text }, select: { name: true } });
    return row ? [{ ...whole('organization', text), label: row.name, organizationId: text }] : [];
  },
  async beginning(deps, text, may) {
    const [named, known] = await Promise.all([
      findOrganizations(deps.database, { beginning: text, limit: maxHitsOfKind }),
      people(deps, text, may),
    ]);
    // People bring their organizations; of those found by name only the others are new.
    const byPeople = new Set(known.map(({ organizationId }) => organizationId));
    const organizations = named.filter(({ id, name }) => !byPeople.has(id) || name.toLowerCase().startsWith(text));
    return [
      ...organizations.map(({ id, name }) => {
        const isExact = name.toLowerCase() === text;
        return { kind: 'organization' as const, id, label: name, isExact, organizationId: id };
      }),
      ...known,
    ];
  },
};

const people: Search = async ({ database }, text, may) => {
  if (!may('user.read')) return [];
  const found = await findPeopleWithAccounts(database, { text, limit: maxHitsOfKind });
  return found.flatMap(({ id, email, name, organizations }) =>
    organizations.map((organization) => {
      const isExact = text === id || text === email;
      return { kind: 'person' as const, id, label: `${name} · ${email}`, isExact, organizationId: organization.id };
    }),
  );
};

/** An id finds nothing but itself, or what the provider's id stands for. */
const whole = (kind: FoundKind, id: string) => ({ kind, id, label: null, isExact: true });
