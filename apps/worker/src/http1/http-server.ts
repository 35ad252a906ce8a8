import net from 'node:net';
import { sweepEveryMs } from './bounds.ts';
import { Connection, type ConnectionHost } from './connection.ts';
import type { HttpRequest } from './http-request.ts';
import type { HttpResponse } from './http-response.ts';

/**
 * HTTP/1.1 for the relay: what Node's own server does for it at a fraction of what that costs a request (docs/decisions/0032). It speaks
 * no TLS; that is the business of what stands in front.
 */
export interface HttpServer {
  /** Where to listen, and to hear of the port being taken. */
  readonly listener: net.Server;
  /** Closes the connections that carry no request now. */
  closeIdleConnections(): void;
  /** Takes no connection any more and cuts those that there are. */
  close(): void;
}

/** @param onRequest is given each request as soon as its head is understood */
export function createHttpServer(onRequest: (request: HttpRequest, response: HttpResponse) => void): HttpServer {
  const connections = new Set<Connection>();
  const host = {
    nowMs: performance.now(),
    onRequest,
    forget: (connection: Connection) => void connections.delete(connection),
  } satisfies ConnectionHost;
  const listener = net.createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    connections.add(new Connection(socket, host));
  });
  const sweep = setInterval(() => {
    host.nowMs = performance.now();
    for (const connection of connections) connection.checkTime(host.nowMs);
  }, sweepEveryMs);
  sweep.unref();
  return {
    listener,
    closeIdleConnections() {
      for (const connection of connections) connection.closeIfIdle();
    },
    close() {
      clearInterval(sweep);
      listener.close();
      for (const connection of connections) connection.socket.destroy();
    },
  };
}
