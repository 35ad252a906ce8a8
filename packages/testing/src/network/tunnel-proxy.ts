import net from 'node:net';
import tls from 'node:tls';
import type { Certificate } from './certificate.ts';
import { askedByConnect } from './http-tunnels.ts';
import { askedBySocks5 } from './socks5-tunnels.ts';
import type { TunnelUser } from './tunnel-request.ts';

export interface TunnelProxyOptions {
  readonly scheme: 'http' | 'https' | 'socks5';
  readonly user?: TunnelUser;
  /** Needed for https. */
  readonly certificate?: Certificate;
  /** Where names lead: host of the request -> host that is connected to. */
  readonly resolve?: (hostname: string) => string;
}

/** What a proxy does to those who ask it for a tunnel. */
export interface TunnelFaults {
  /** Answers every request with this HTTP status or SOCKS5 reply. */
  readonly refusal?: number;
  /** Takes connections and says nothing. */
  readonly isSilent?: boolean;
}

/** A proxy on loopback that opens tunnels: HTTP CONNECT, with TLS before it for https, or SOCKS5. */
export interface TunnelProxy {
  readonly port: number;
  /** With user and password. */
  readonly url: string;
  /** host:port of every tunnel that was asked for, in order. */
  readonly asked: readonly string[];
  /** Tunnels that carried bytes of the client so far. */
  readonly used: number;
  /** Connections that are open. */
  readonly open: number;
  set(faults: TunnelFaults): void;
  /** Resets every open connection. */
  killConnections(): void;
  /** Takes no connections any more, and resets those that are open. */
  stop(): Promise<void>;
  /** Listens again on the same port; nothing where it does already. */
  start(): Promise<void>;
}

export async function startTunnelProxy(options: TunnelProxyOptions): Promise<TunnelProxy> {
  const { scheme, user, certificate, resolve = (hostname) => hostname } = options;
  let faults: TunnelFaults = {};
  let used = 0;
  const asked: string[] = [];
  const sockets = new Set<net.Socket>();

  async function serve(client: net.Socket): Promise<void> {
    keep(client);
    if (faults.isSilent) return void client.resume();
    const request = await (scheme === 'socks5' ? askedBySocks5(client, user) : askedByConnect(client, user));
    if (!request) return;
    asked.push(`${request.hostname}:${request.port}`);
    if (faults.refusal !== undefined) return request.refuse(faults.refusal);
    const upstream = net.connect({ host: resolve(request.hostname), port: request.port, noDelay: true });
    keep(upstream);
    upstream.once('error', () => request.refuse(scheme === 'socks5' ? 5 : 502));
    upstream.once('connect', () => {
      request.grant();
      client.once('data', () => used++);
      client.pipe(upstream).pipe(client);
    });
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroySoon());
  }

  function keep(socket: net.Socket): void {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  }

  const listener = (socket: net.Socket) => void serve(socket).catch(() => socket.destroy());
  const server =
    scheme === 'https' ? tls.createServer({ ...certificate }, listener) : net.createServer({ noDelay: true }, listener);
  const listen = (port: number) =>
    new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done));
  await listen(0);
  const { port } = server.address() as net.AddressInfo;
  const credentials = user ? `${encodeURIComponent(user.name)}:${encodeURIComponent(user.password)}@` : '';
  const killConnections = () => {
    // Only plain connections can be reset.
    for (const socket of sockets) {
      if (socket instanceof tls.TLSSocket) socket.destroy();
      else socket.resetAndDestroy();
    }
  };
  return {
    port,
    url: `${scheme}://${credentials}127.0.0.1:${port}`,
    asked,
    get used() {
      return used;
    },
    get open() {
      return sockets.size;
    },
    set: (next) => {
      faults = next;
    },
    killConnections,
    async stop() {
      if (!server.listening) return;
      killConnections();
      await new Promise((done) => server.close(done));
    },
    async start() {
      if (!server.listening) await listen(port);
    },
  };
}
