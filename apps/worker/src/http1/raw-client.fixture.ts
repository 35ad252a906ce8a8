import { once } from 'node:events';
import net from 'node:net';
import type { HttpRequest } from './http-request.ts';
import type { HttpResponse } from './http-response.ts';
import { createHttpServer, type HttpServer } from './http-server.ts';

type Handler = (request: HttpRequest, response: HttpResponse) => void;
let servers: HttpServer[] = [];

/** A server on a free port; `closeServers` ends it. */
export async function serve(handler: Handler): Promise<{ port: number; server: HttpServer }> {
  const server = createHttpServer(handler);
  servers.push(server);
  server.listener.listen(0, '127.0.0.1');
  await once(server.listener, 'listening');
  return { port: (server.listener.address() as net.AddressInfo).port, server };
}

export function closeServers(): void {
  for (const server of servers) server.close();
  servers = [];
}

/** A connection whose errors are the test's business only as far as it looks. */
export function connect(port: number): net.Socket {
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  return socket;
}

/** Writes raw bytes and reads until the text is as expected, or the connection closes. */
export async function exchange(
  port: number,
  request: string | Buffer,
  isOver: (text: string) => boolean = () => false,
): Promise<string> {
  const socket = connect(port);
  socket.write(request);
  let text = '';
  try {
    for await (const piece of socket) {
      text += (piece as Buffer).toString('latin1');
      if (isOver(text)) break;
    }
  } catch {
    // A reset ends it like an end does.
  }
  socket.destroy();
  return text;
}

/** Writes pieces one after another, each as a packet of its own. */
export async function sendPieces(port: number, ...pieces: string[]): Promise<net.Socket> {
  const socket = connect(port);
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return socket;
}

export const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nhost: x\r\n${more}\r\n`;

export const post = (body: string, length = body.length) =>
  `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n${body}`;
