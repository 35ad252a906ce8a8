import type { ApiOutput } from '#components/api.ts';

export type EgressStatus = ApiOutput['egress']['list'];
export type ListedProxy = EgressStatus['proxies'][number];

export interface Pool {
  readonly name: string;
  readonly proxies: EgressStatus['proxies'];
  readonly channels: EgressStatus['channels'];
}

/** Proxies and channels by pool, by name; also the pools that channels name and no proxy is in. */
export function poolsOf({ proxies, channels }: EgressStatus): readonly Pool[] {
  const names = [...new Set([...proxies, ...channels].map(({ pool }) => pool))].sort();
  return names.map((name) => ({
    name,
    proxies: proxies.filter(({ pool }) => pool === name),
    channels: channels.filter(({ pool }) => pool === name),
  }));
}

/** The channels that have no way out without this proxy: no other one of its pool is switched on. */
export function strandedWithout(proxy: ListedProxy, { proxies, channels }: EgressStatus): EgressStatus['channels'] {
  const isLeft = proxies.some(({ id, pool, enabled }) => id !== proxy.id && pool === proxy.pool && enabled);
  return isLeft ? [] : channels.filter(({ pool }) => pool === proxy.pool);
}
