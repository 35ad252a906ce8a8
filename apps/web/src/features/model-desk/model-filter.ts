import type { ApiOutput } from '#components/api.ts';

export type DeskModel = ApiOutput['modelDesk']['list'][number];

export const stateFilters = ['on', 'off', 'unpriced', 'unserved', 'copied', 'file'] as const;
export type StateFilter = (typeof stateFilters)[number];

/** What the list is narrowed to, as the address has it; '' does not narrow. */
export interface ModelFilter {
  readonly search: string;
  readonly provider: string;
  readonly state: StateFilter | '';
}

export const noFilter: ModelFilter = { search: '', provider: '', state: '' };

export function readModelFilter(query: { get(name: string): string | null }): ModelFilter {
  return {
    search: query.get('search') ?? '',
    provider: query.get('provider') ?? '',
    state: stateFilters.find((state) => state === query.get('state')) ?? '',
  };
}

/** The query of an address that narrows the list like this. */
export function modelFilterQuery({ search, provider, state }: ModelFilter): Record<string, string> {
  return { ...(search && { search }), ...(provider && { provider }), ...(state && { state }) };
}

export function matches(model: DeskModel, { search, provider, state }: ModelFilter): boolean {
  if (provider && model.provider !== provider) return false;
  if (state && !isIn[state](model)) return false;
  const upstream = model.channels.map(({ name, upstreamModel }) => `${name} ${upstreamModel}`);
  return [model.id, model.displayName, ...model.aliases, ...upstream]
    .join(' ')
    .toLowerCase()
    .includes(search.trim().toLowerCase());
}

const isIn: Readonly<Record<StateFilter, (model: DeskModel) => boolean>> = {
  on: ({ enabled }) => enabled,
  off: ({ enabled }) => !enabled,
  unpriced: ({ price }) => price === undefined,
  unserved: ({ channels }) => channels.length === 0,
  copied: ({ price }) => price?.copiedFrom != null,
  file: ({ fileFields }) => fileFields.length > 0,
};
