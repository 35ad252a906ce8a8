import { type Dispatcher, Pool } from 'undici';
import { privateAddressError, publicLookup, refusesLiteral } from './egress-guard.ts';

const connectTimeoutMs = 3_000;
/** Idle connections are closed before the usual 60 s to 75 s of servers, so that we do not send into a closing one. */
const keepAliveTimeoutMs = 30_000;

export interface UpstreamPools {
  /** The pool of an origin. Throws where the origin is a private address that the channel may not reach. */
  poolFor(origin: string, allowPrivate: boolean): Dispatcher;
  close(): Promise<void>;
}

/**
 * One pool of keep-alive connections per origin. undici's own timeouts are off: first byte, idle and total bounds are
 * set per channel and kept by the watch (relay/watch.ts).
 */
export function createUpstreamPools(): UpstreamPools {
  const pools = new Map<string, Pool>();
  return {
    poolFor(origin, allowPrivate) {
      const key = allowPrivate ? `${origin} private` : origin;
      let pool = pools.get(key);
      if (!pool) {
        const { hostname } = new URL(origin);
        if (!allowPrivate && refusesLiteral(hostname)) throw privateAddressError(hostname);
        pool = new Pool(origin, {
          // As many connections as there are requests under way; those are bounded at the door (server.ts).
          connections: null,
          pipelining: 1,
          keepAliveTimeout: keepAliveTimeoutMs,
          keepAliveMaxTimeout: keepAliveTimeoutMs,
          headersTimeout: 0,
          bodyTimeout: 0,
          connect: { timeout: connectTimeoutMs, ...(allowPrivate ? {} : { lookup: publicLookup }) },
        });
        pools.set(key, pool);
      }
      return pool;
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}
