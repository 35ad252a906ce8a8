import { isProtocol, type Protocol } from '@ai-bridge/domain';
import { families } from '#features/site/tools.ts';
import { type Capability, capabilities, type PublicModel } from './public-model.ts';

const nanoUsd = 1_000_000_000n;

/** By what a million input tokens cost. */
export const bands = { low: [0n, nanoUsd], middle: [nanoUsd, 5n * nanoUsd], high: [5n * nanoUsd, undefined] } as const;
export type Band = keyof typeof bands;

export const sorts = ['newest', 'name', 'input', 'output', 'context', 'latency'] as const;
export type Sort = (typeof sorts)[number];

/** What is looked for among the models; undefined and false ask for nothing. */
export interface ModelFilter {
  readonly text: string;
  readonly provider: string | undefined;
  readonly protocol: Protocol | undefined;
  readonly capability: Capability | undefined;
  readonly band: Band | undefined;
  readonly isAvailable: boolean;
  readonly sort: Sort;
}

const maxTextLength = 100;

/** What a model is filtered and sorted by. */
export type FilteredModel = Pick<
  PublicModel,
  'id' | 'provider' | 'displayName' | 'contextTokens' | 'protocols' | 'capabilities' | 'isAvailable' | 'firstTokenP50Ms'
> & { readonly price: Pick<PublicModel['price'], 'input' | 'output'> };

/** The filter that an address asks for; what it does not know counts as not asked. */
export function readModelFilter(query: URLSearchParams): ModelFilter {
  const protocol = query.get('protocol') ?? '';
  return {
    text: (query.get('q') ?? '').slice(0, maxTextLength),
    provider: query.get('provider') || undefined,
    protocol: isProtocol(protocol) ? protocol : undefined,
    capability: capabilities.find((one) => one === query.get('capability')),
    band: (Object.keys(bands) as Band[]).find((one) => one === query.get('price')),
    isAvailable: query.get('available') === '1',
    sort: sorts.find((one) => one === query.get('sort')) ?? 'newest',
  };
}

/** The address's query for a filter: only what is asked for. */
export function modelFilterQuery(filter: ModelFilter): URLSearchParams {
  const { text, provider, protocol, capability, band, isAvailable, sort } = filter;
  const named = { q: text, provider, protocol, capability, price: band, available: isAvailable ? '1' : undefined };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(named)) if (value) query.set(name, value);
  if (sort !== 'newest') query.set('sort', sort);
  return query;
}

/** The models that are looked for, in the order that is asked for; of equals the order stays. */
export function filterModels<Model extends FilteredModel>(models: readonly Model[], filter: ModelFilter): Model[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const [least, most] = filter.band ? bands[filter.band] : [undefined, undefined];
  const found = models.filter((model) => {
    const { id, displayName, provider, protocols, price } = model;
    const said = `${id} ${displayName} ${provider}`.toLowerCase();
    return (
      words.every((word) => said.includes(word)) &&
      (!filter.provider || provider === filter.provider) &&
      (!filter.protocol || protocols.includes(filter.protocol)) &&
      (!filter.capability || model.capabilities.includes(filter.capability)) &&
      (least === undefined || price.input >= least) &&
      (most === undefined || price.input < most) &&
      (!filter.isAvailable || model.isAvailable)
    );
  });
  return found.sort(orders[filter.sort]);
}

const compare = (a: bigint | number, b: bigint | number) => (a < b ? -1 : Number(a > b));
const byName = (a: FilteredModel, b: FilteredModel) =>
  a.displayName.localeCompare(b.displayName, 'en', { numeric: true });

const known = Object.keys(families);
const place = ({ provider }: FilteredModel) => (known.includes(provider) ? known.indexOf(provider) : known.length);
/** Vendors count their models up: the first number of a name tells how new it is. "Claude Opus 4.8" -> 4.8 */
const version = ({ displayName }: FilteredModel) => Number.parseFloat(/\d+(?:\.\d+)?/.exec(displayName)?.[0] ?? '0');
/** The newest of the best known vendor first. */
export const byNewest = (a: FilteredModel, b: FilteredModel) =>
  place(a) - place(b) || version(b) - version(a) || byName(a, b);

/** Cheap, large and fast first; what is not known last. */
const orders: Readonly<Record<Sort, (a: FilteredModel, b: FilteredModel) => number>> = {
  newest: byNewest,
  name: byName,
  input: (a, b) => compare(a.price.input, b.price.input) || byName(a, b),
  output: (a, b) => compare(a.price.output, b.price.output) || byName(a, b),
  context: (a, b) => compare(b.contextTokens ?? 0, a.contextTokens ?? 0) || byName(a, b),
  latency: (a, b) =>
    compare(a.firstTokenP50Ms ?? Number.MAX_SAFE_INTEGER, b.firstTokenP50Ms ?? Number.MAX_SAFE_INTEGER) || byName(a, b),
};
