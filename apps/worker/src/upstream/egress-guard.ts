import { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress } from '@ai-bridge/catalog';

/**
 * A DNS lookup that refuses names which resolve to private addresses, whatever else they resolve to. The connection is
 * made to the very address that was checked, so a name that answers differently the second time gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const bad = addresses.find(({ address }) => isPrivateAddress(address));
    const first = addresses[0];
    if (bad || !first) return callback(privateAddressError(hostname), '', 0);
    if (options.all) return (callback as unknown as (e: null, a: typeof addresses) => void)(null, addresses);
    callback(null, first.address, first.family);
  });
};

/** Literal addresses never reach a lookup, so they are checked before a pool is made. */
export function refusesLiteral(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isPrivateAddress(bare);
}

export function privateAddressError(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} is not a public address`), { code: 'EPRIVATE' });
}
