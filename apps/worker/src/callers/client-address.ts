import { BlockList, isIP } from 'node:net';
import type { HttpRequest } from '../http1/http-request.ts';

/** Proxies that are passed over on the way back to the client: more stand in front of nobody. */
const maxHops = 10;

/** From where a request came: the socket's own address or, where that is a proxy of the operator's, what the proxy says. */
export type ClientAddresses = (request: Pick<HttpRequest, 'headers' | 'remoteAddress'>) => string | undefined;

/**
 * @param trusted addresses and CIDR blocks of the operator's own proxies. Each appends to x-forwarded-for what it saw, so the client is the last
 *   entry that is none of them; what stands before it anyone may have made up. Empty: the header is not believed at all.
 */
export function clientAddresses(trusted: readonly string[]): ClientAddresses {
  const proxies = trusted.length === 0 ? undefined : blockList(trusted);
  return (request) => {
    const direct = bareAddress(request.remoteAddress);
    if (proxies === undefined || direct === undefined || !isWithin(proxies, direct)) return direct;
    const seen = (request.headers['x-forwarded-for'] ?? '').split(',').slice(-maxHops);
    for (let at = seen.length - 1; at >= 0; at--) {
      const address = bareAddress(seen[at]?.trim());
      if (address === undefined) return direct;
      if (!isWithin(proxies, address)) return address;
    }
    return direct;
  };
}

/** Addresses and CIDR blocks as a list that can be asked. */
export function blockList(blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [network, prefix] = block.split('/') as [string, string | undefined];
    const family = isIP(network);
    if (family === 0) continue;
    const bits = prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix);
    list.addSubnet(network, bits, family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Whether a bare address is in the list. */
export function isWithin(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** An address without the form that IPv4 takes on an IPv6 socket; undefined where it is none. */
function bareAddress(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const bare = address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
  return isIP(bare) === 0 ? undefined : bare;
}
