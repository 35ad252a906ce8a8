import { isIPv6, type Socket } from 'node:net';
import type { ProxyAddress } from '@ai-bridge/catalog';
import { EgressError } from './egress-error.ts';
import { exchange } from './handshake.ts';
import type { TunnelTarget } from './tunnel-target.ts';

const endOfHead = Buffer.from('\r\n\r\n');
const beginning = 'HTTP/1.';
/** Statuses by which a proxy says that it could not reach the upstream. */
const upstreamStatuses = new Set([502, 503, 504]);

/** Asks an HTTP proxy for a tunnel (RFC 9110, CONNECT). The name goes to the proxy as it is, which resolves it. Throws EgressError. */
export async function connectThroughHttp(socket: Socket, proxy: ProxyAddress, target: TunnelTarget): Promise<void> {
  const authority = `${isIPv6(target.hostname) ? `[${target.hostname}]` : target.hostname}:${target.port}`;
  const request = `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization(proxy)}\r\n`;
  const reply = await exchange(socket, Buffer.from(request), headBytes);
  const status = Number(reply.toString('latin1', beginning.length + 2, beginning.length + 5));
  if (status >= 200 && status < 300) return;
  throw new EgressError(upstreamStatuses.has(status) ? 'upstream' : 'refused', `the proxy answered ${status}`);
}

function authorization({ username, password }: ProxyAddress): string {
  if (!username) return '';
  return `Proxy-Authorization: Basic ${Buffer.from(`${username}:${password}`).toString('base64')}\r\n`;
}

function headBytes(received: Buffer): number | undefined {
  const start = received.toString('latin1', 0, beginning.length);
  if (!beginning.startsWith(start)) throw new EgressError('refused', 'the proxy does not speak HTTP');
  const end = received.indexOf(endOfHead);
  if (end < 0) return undefined;
  if (!/^HTTP\/1\.\d \d{3}\b/.test(received.toString('latin1', 0, end)))
    throw new EgressError('refused', 'the proxy does not speak HTTP');
  return end + endOfHead.length;
}
