import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress, isPrivateHost } from '@ai-bridge/catalog';

/** A resolver as node:dns has it, asked for every address of a name. */
export type Resolve = typeof systemLookup;

/**
 * A DNS lookup that refuses names which resolve to private addresses, whatever else they resolve to. The connection is
 * made to the very address that was checked, so a name that answers differently the second time gains nothing.
 */
export function createPublicLookup(resolve: Resolve, isRefused = isPrivateAddress): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const bad = addresses.find(({ address }) => isRefused(address));
      const first = addresses[0];
      if (bad || !first) return callback(privateAddressError(hostname), '', 0);
      if (options.all) return (callback as unknown as (e: null, a: typeof addresses) => void)(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}

export const publicLookup = createPublicLookup(systemLookup);

/**
 * Refuses an origin whose host is, as written, a private address or a name for this machine or network: addresses never reach a lookup,
 * and where a proxy resolves the name nothing else is checked here.
 */
export function refusePrivateOrigin(origin: string): void {
  const { hostname } = new URL(origin);
  if (isPrivateHost(hostname)) throw privateAddressError(hostname);
}

function privateAddressError(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} is not a public address`), { code: 'EPRIVATE' });
}
