import { isIPv6, type LookupFunction, type Socket } from 'node:net';
import { type ProxyAddress, type ProxySnapshot, readProxyUrl } from '@ai-bridge/catalog';
import { buildConnector } from 'undici';
import { connectTimeoutMs } from '../http1/bounds.ts';
import { EgressError } from './egress-error.ts';
import { connectThroughHttp } from './http-connect.ts';
import { connectThroughSocks5, greetSocks5 } from './socks5.ts';
import type { TunnelTarget } from './tunnel-target.ts';

/** How long a connected proxy may take to open a tunnel, which it does by connecting to the upstream. */
const handshakeTimeoutMs = 5_000;

/** Opens a tunnel through one proxy, or with no target only makes sure that the proxy is there and knows us. Rejects with EgressError. */
export type OpenTunnel = (target: TunnelTarget | undefined) => Promise<Socket>;

/** How to open tunnels through a proxy of the catalog. One that is at an address which it may not have opens none. */
export function tunnelsThrough(
  { url, allowPrivate }: Pick<ProxySnapshot, 'url' | 'allowPrivate'>,
  publicLookup: LookupFunction,
): OpenTunnel {
  const read = readProxyUrl(url, allowPrivate);
  if ('problem' in read) {
    const refused = 'the proxy is at an address that it may not have';
    return () => Promise.reject(new EgressError('unreachable', refused));
  }
  return createTunnels(read.address, allowPrivate ? undefined : publicLookup);
}

/**
 * How to open tunnels through a proxy.
 *
 * @param lookup checks the proxy's own name; undefined where the proxy may be at a private address
 */
function createTunnels(proxy: ProxyAddress, lookup: LookupFunction | undefined): OpenTunnel {
  const connect = buildConnector({ timeout: connectTimeoutMs, ...(lookup && { lookup }) });
  return async (target) => {
    const socket = await reach(proxy, connect);
    const timer = setTimeout(
      () => socket.destroy(new EgressError('refused', 'the proxy is silent')),
      handshakeTimeoutMs,
    );
    try {
      await shakeHands(socket, proxy, target);
      return socket;
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
}

function reach({ scheme, hostname, port }: ProxyAddress, connect: buildConnector.connector): Promise<Socket> {
  const protocol = scheme === 'https' ? 'https:' : 'http:';
  const host = isIPv6(hostname) ? `[${hostname}]` : hostname;
  return new Promise((resolve, reject) => {
    connect({ hostname, host, protocol, port: String(port) }, (error, socket) => {
      if (!error) return resolve(socket);
      const { code, name } = error as NodeJS.ErrnoException;
      reject(new EgressError('unreachable', `the proxy cannot be reached (${code ?? name})`));
    });
  });
}

async function shakeHands(socket: Socket, proxy: ProxyAddress, target: TunnelTarget | undefined): Promise<void> {
  if (proxy.scheme !== 'socks5') return target && connectThroughHttp(socket, proxy, target);
  await greetSocks5(socket, proxy);
  if (target) await connectThroughSocks5(socket, target);
}
