import { BlockList, isIP } from 'node:net';
import type { Caller } from '@ai-bridge/access/callers';

const lists = new WeakMap<readonly string[], BlockList>();

/** Whether this caller's key may be used from the address. Empty allow-list: from anywhere. */
export function isAddressAllowed(caller: Caller, address: string | undefined): boolean {
  if (caller.allowedAddresses.length === 0) return true;
  if (!address) return false;
  const bare = address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
  const family = isIP(bare);
  if (family === 0) return false;
  return listOf(caller.allowedAddresses).check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

function listOf(blocks: readonly string[]): BlockList {
  let list = lists.get(blocks);
  if (!list) {
    list = new BlockList();
    for (const block of blocks) {
      const [network, prefix] = block.split('/') as [string, string | undefined];
      const family = isIP(network);
      if (family === 0) continue;
      const bits = prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix);
      list.addSubnet(network, bits, family === 6 ? 'ipv6' : 'ipv4');
    }
    lists.set(blocks, list);
  }
  return list;
}
