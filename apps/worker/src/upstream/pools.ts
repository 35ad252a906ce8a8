import type { LookupFunction } from 'node:net';
import type { ChannelSnapshot } from '@ai-bridge/catalog';
import { buildConnector } from 'undici';
import { publicLookup, refusePrivateOrigin } from './egress-guard.ts';
import { connectTimeoutMs } from './http1/bounds.ts';
import { OriginPool } from './http1/origin-pool.ts';
import type { Proxies } from './proxies/proxies.ts';

/** How requests may leave this machine. */
export type WayOut = Pick<ChannelSnapshot, 'allowPrivate' | 'egressPool'>;

export interface UpstreamPools {
  /**
   * Where requests to an origin go in. Throws where the origin is a private address that the channel may not reach, and EgressError where
   * none of the channel's proxies works: it never goes out another way.
   *
   * @param session keeps a conversation on one proxy
   */
  poolFor(origin: string, wayOut: WayOut, session?: string): OriginPool;
  close(): Promise<void>;
}

/** One pool of keep-alive connections per origin, and per proxy where a channel goes out through proxies. */
export function createUpstreamPools(proxies: Proxies, lookup: LookupFunction = publicLookup): UpstreamPools {
  const pools = new Map<string, OriginPool>();
  /** Origins that are public as written; what a proxy connects to then is for the proxy to find out. */
  const publicOrigins = new Set<string>();

  function direct(origin: string, allowPrivate: boolean): OriginPool {
    const key = allowPrivate ? `${origin} private` : origin;
    let pool = pools.get(key);
    if (!pool) {
      if (!allowPrivate) refusePrivateOrigin(origin);
      const connect = buildConnector({ timeout: connectTimeoutMs, ...(allowPrivate ? {} : { lookup }) });
      pool = new OriginPool(origin, connect);
      pools.set(key, pool);
    }
    return pool;
  }

  return {
    poolFor(origin, { allowPrivate, egressPool }, session) {
      if (egressPool === undefined) return direct(origin, allowPrivate);
      if (!allowPrivate && !publicOrigins.has(origin)) {
        refusePrivateOrigin(origin);
        publicOrigins.add(origin);
      }
      return proxies.choose(egressPool, origin, session).poolFor(origin);
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}
