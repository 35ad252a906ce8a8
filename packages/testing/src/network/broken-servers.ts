import http from 'node:http';
import net from 'node:net';

/** A server that is there and yet no upstream. */
export interface BrokenServer {
  readonly port: number;
  /** How many connections have come. */
  readonly connections: number;
  stop(): Promise<void>;
}

const dripEveryMs = 50;

const onConnection = {
  /** Resets each connection. */
  resets: (socket: net.Socket) => void socket.resetAndDestroy(),
  /** Closes each connection without a word. */
  closes: (socket: net.Socket) => void socket.end(),
  /** Answers in something else than HTTP. */
  babbles: (socket: net.Socket) => void socket.once('data', () => socket.end('+OK what do you want?\r\n')),
  /** Takes connections and says nothing, not even in TLS. */
  ignores: (socket: net.Socket) => void socket.resume(),
} as const;

export type BrokenWay = keyof typeof onConnection | 'drips';

/** Starts a server on loopback that is broken in one way. */
export async function startBrokenServer(way: BrokenWay): Promise<BrokenServer> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const server = way === 'drips' ? http.createServer(drip) : net.createServer(onConnection[way]);
  server.on('connection', (socket: net.Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return {
    port: (server.address() as net.AddressInfo).port,
    get connections() {
      return connections;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Never falls silent and never says anything: comments of a stream where one was asked for, else the white space before a body. */
async function drip(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const isStream = /"stream":\s*true/.test(Buffer.concat(parts).toString());
  response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' });
  const timer = setInterval(() => response.write(isStream ? ': still here\n\n' : ' '), dripEveryMs);
  response.on('close', () => clearInterval(timer));
}
