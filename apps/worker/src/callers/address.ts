import type { BlockList } from 'node:net';
import type { Caller } from '@ai-bridge/access/callers';
import { blockList, isWithin } from './client-address.ts';

const lists = new WeakMap<readonly string[], BlockList>();

/** Whether this caller's key may be used from the address. Empty allow-list: from anywhere. */
export function isAddressAllowed(caller: Caller, address: string | undefined): boolean {
  if (caller.allowedAddresses.length === 0) return true;
  return address !== undefined && isWithin(listOf(caller.allowedAddresses), address);
}

function listOf(blocks: readonly string[]): BlockList {
  let list = lists.get(blocks);
  if (!list) {
    list = blockList(blocks);
    lists.set(blocks, list);
  }
  return list;
}
