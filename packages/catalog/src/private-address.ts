import { BlockList, isIP } from 'node:net';

/**
 * Ranges that no public upstream lives in: this host, private networks, link-local (cloud metadata), carrier NAT,
 * documentation, multicast, reserved; and IPv6 ranges that carry an IPv4 address inside, which could be any of these.
 */
const ranges: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  // ::/8 holds unspecified, loopback, v4-compatible and v4-mapped addresses.
  ['::', 8, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

// One list per family: in a shared one Node matches IPv4 addresses against IPv6 ranges too, as v4-mapped ones.
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [address, bits, family] of ranges) blocked[family].addSubnet(address, bits, family);

/** Whether an IP address (not a name) is one that only an operator's word may send requests to. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.split('%')[0] ?? address;
  if (isIP(plain) === 0) return false;
  const family = isIP(plain) === 4 ? 'ipv4' : 'ipv6';
  return blocked[family].check(plain, family);
}
