import type { ApiOutput } from '#components/api.ts';

export type EgressStatus = ApiOutput['egress']['list'];

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
