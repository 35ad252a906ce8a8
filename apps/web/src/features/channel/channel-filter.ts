import type { ApiOutput } from '#components/api.ts';

export type Channel = ApiOutput['channel']['list'][number];

export const stateFilters = ['on', 'draining', 'off', 'trouble'] as const;
export type StateFilter = (typeof stateFilters)[number];

/** What the list is narrowed to, as the address has it; '' does not narrow. */
export interface ChannelFilter {
  readonly search: string;
  readonly state: StateFilter | '';
  readonly protocol: string;
  readonly group: string;
}

export const filterNames = ['search', 'state', 'protocol', 'group'] as const satisfies readonly (keyof ChannelFilter)[];

export function readFilter(query: { get(name: string): string | null }): ChannelFilter {
  return {
    search: query.get('search') ?? '',
    state: stateFilters.find((state) => state === query.get('state')) ?? '',
    protocol: query.get('protocol') ?? '',
    group: query.get('group') ?? '',
  };
}

/** The query of an address that narrows the list like this. */
export function filterQuery(filter: ChannelFilter): Record<string, string> {
  return Object.fromEntries(filterNames.map((name) => [name, filter[name]]).filter(([, value]) => value));
}

export function matches(channel: Channel, { search, state, protocol, group }: ChannelFilter): boolean {
  if (state === 'on' && !channel.enabled) return false;
  if (state === 'off' && channel.enabled) return false;
  if (state === 'draining' && (!channel.enabled || channel.drainingSince === null)) return false;
  if (state === 'trouble' && !isInTrouble(channel)) return false;
  if (protocol && !channel.protocols.some((spoken) => spoken === protocol)) return false;
  if (group && !channel.groups.includes(group)) return false;
  const { name, provider, baseUrl, models } = channel;
  const text = [name, provider, baseUrl, ...Object.keys(models)].join(' ').toLowerCase();
  return text.includes(search.trim().toLowerCase());
}

function isInTrouble({ enabled, health }: Channel): boolean {
  return enabled && health !== undefined && health.state !== 'closed';
}
