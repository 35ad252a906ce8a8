import { isIPv4, isIPv6, type Socket } from 'node:net';
import type { ProxyAddress } from '@ai-bridge/catalog';
import { EgressError } from './egress-error.ts';
import { exchange } from './handshake.ts';
import type { TunnelTarget } from './tunnel-target.ts';

const version = 5;
const noAuthentication = 0;
const userAndPassword = 2;
const maxNameBytes = 255;
/** Replies by which a proxy says that it could not reach the upstream (RFC 1928): network, host, connection refused, time to live. */
const upstreamReplies = new Set([3, 4, 5, 6]);

/** Introduces us to a SOCKS5 proxy (RFC 1928, RFC 1929). Throws EgressError. */
export async function greetSocks5(socket: Socket, { username, password }: ProxyAddress): Promise<void> {
  const methods = username ? [noAuthentication, userAndPassword] : [noAuthentication];
  const chosen = await exchange(socket, Buffer.from([version, methods.length, ...methods]), twoBytes);
  if (chosen[0] !== version) throw new EgressError('refused', 'the proxy does not speak SOCKS5');
  if (chosen[1] === noAuthentication) return;
  if (chosen[1] !== userAndPassword || !username)
    throw new EgressError('refused', 'the proxy wants another authentication');
  const parts = [Buffer.from([1]), withLength(username), withLength(password)];
  const answer = await exchange(socket, Buffer.concat(parts), twoBytes);
  if (answer[1] !== 0) throw new EgressError('refused', 'the proxy refused user and password');
}

/** Asks a SOCKS5 proxy that we were introduced to for a tunnel. A name goes to it as it is, which resolves it. Throws EgressError. */
export async function connectThroughSocks5(socket: Socket, target: TunnelTarget): Promise<void> {
  const port = Buffer.from([target.port >> 8, target.port & 0xff]);
  const request = Buffer.concat([Buffer.from([version, 1, 0]), addressBytes(target.hostname), port]);
  await exchange(socket, request, replyBytes);
}

function twoBytes(): number {
  return 2;
}

function withLength(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

/** The length of a reply that grants the tunnel; one that refuses is not waited for to its end. */
function replyBytes(received: Buffer): number | undefined {
  const [said, reply, , kind, nameLength] = received;
  if (said !== undefined && said !== version) throw new EgressError('refused', 'the proxy does not speak SOCKS5');
  if (reply !== undefined && reply !== 0) {
    const whose = upstreamReplies.has(reply) ? 'upstream' : 'refused';
    throw new EgressError(whose, `the proxy answered with SOCKS5 reply ${reply}`);
  }
  if (kind === undefined || nameLength === undefined) return undefined;
  if (kind === 1) return 10;
  if (kind === 4) return 22;
  return 7 + nameLength;
}

function addressBytes(hostname: string): Buffer {
  if (isIPv4(hostname)) return Buffer.from([1, ...hostname.split('.').map(Number)]);
  if (isIPv6(hostname)) return Buffer.concat([Buffer.from([4]), ipv6Bytes(hostname)]);
  if (Buffer.byteLength(hostname) > maxNameBytes) throw new EgressError('refused', 'the name is too long for SOCKS5');
  return Buffer.concat([Buffer.from([3]), withLength(hostname)]);
}

/** An IPv6 address as a URL writes it (eight groups, one run of zeros left out) in 16 bytes. */
function ipv6Bytes(address: string): Buffer {
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => (text ? text.split(':').map((group) => Number.parseInt(group, 16)) : []);
  const before = groups(head);
  const after = groups(tail ?? '');
  const words = [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Buffer.from(words.flatMap((word) => [word >> 8, word & 0xff]));
}
