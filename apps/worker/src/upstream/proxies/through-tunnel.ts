import { buildConnector } from 'undici';
import { connectTimeoutMs } from '../http1/bounds.ts';
import { EgressError } from './egress-error.ts';
import type { OpenTunnel } from './tunnel.ts';
import { targetOfOrigin } from './tunnel-target.ts';

/** Connections to an origin through tunnels, for undici: with TLS inside the tunnel where the origin asks for it. */
export function throughTunnel(
  openTunnel: OpenTunnel,
  origin: string,
  onFailure: (error: Error) => void,
): buildConnector.connector {
  const target = targetOfOrigin(origin);
  const secure = buildConnector({ timeout: connectTimeoutMs });
  return (options, callback) => {
    const fail = (error: Error) => {
      onFailure(error);
      callback(error, null);
    };
    openTunnel(target).then((socket) => {
      if (options.protocol !== 'https:') return callback(null, socket);
      secure({ ...options, httpSocket: socket }, (error, secured) => {
        if (!error) return callback(null, secured);
        socket.destroy();
        fail(tlsError(error));
      });
    }, fail);
  };
}

/** The proxy leads to something that is not the upstream, or to an upstream whose certificate does not hold. */
export function tlsError(error: Error): EgressError {
  const { code, name } = error as NodeJS.ErrnoException;
  return new EgressError('upstream', `no TLS with the upstream through the proxy (${code ?? name})`);
}
