import { buildConnector } from 'undici';
import { connectTimeoutMs } from '../http1/bounds.ts';
import { tlsError } from './through-tunnel.ts';
import type { OpenTunnel } from './tunnel.ts';
import { targetOfOrigin } from './tunnel-target.ts';

// No session is kept, so that every check sees a whole handshake.
const secure = buildConnector({ timeout: connectTimeoutMs, maxCachedSessions: 0 });

/**
 * Connects to an origin through a proxy, with TLS where the origin asks for it, and hangs up: no request goes out, no credential. With no
 * origin only the proxy itself is greeted. Rejects with EgressError.
 */
export async function reachThrough(openTunnel: OpenTunnel, origin: string | undefined): Promise<void> {
  const target = origin === undefined ? undefined : targetOfOrigin(origin);
  const socket = await openTunnel(target);
  try {
    if (target && origin?.startsWith('https:')) await shakeTls(target.hostname, socket);
  } finally {
    socket.destroy();
  }
}

function shakeTls(hostname: string, httpSocket: Awaited<ReturnType<OpenTunnel>>): Promise<void> {
  return new Promise((resolve, reject) => {
    secure({ hostname, host: hostname, protocol: 'https:', port: '', httpSocket }, (error, socket) => {
      if (error) return reject(tlsError(error));
      socket.destroy();
      resolve();
    });
  });
}
