import net from 'node:net';

/** What a fault proxy does to the bytes that pass it. Changed at any time; holds for open connections too. */
export interface Faults {
  /** Delay of every piece of data, each way. */
  readonly latencyMs?: number;
  /** Swallows all data both ways and keeps connections open. */
  readonly isBlackhole?: boolean;
  /** Accepts no data: new connections are reset at once. */
  readonly isRefusing?: boolean;
  /** Passes data on in pieces of this many bytes. */
  readonly splitBytes?: number;
}

/** A TCP proxy on loopback that stands before a database or an upstream and misbehaves on demand. */
export interface FaultProxy {
  readonly port: number;
  /** How many connections are open. */
  readonly connections: number;
  set(faults: Faults): void;
  /** Resets every open connection. */
  killConnections(): void;
  stop(): Promise<void>;
}

export async function startFaultProxy(target: { readonly host?: string; readonly port: number }): Promise<FaultProxy> {
  let faults: Faults = {};
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (client) => {
    if (faults.isRefusing) return void client.resetAndDestroy();
    const upstream = net.connect({ host: target.host ?? '127.0.0.1', port: target.port, noDelay: true });
    link(client, upstream);
    link(upstream, client);
  });

  function link(from: net.Socket, to: net.Socket): void {
    sockets.add(from);
    let queue = Promise.resolve();
    from.on('data', (data) => {
      if (faults.isBlackhole) return;
      from.pause();
      const current = faults;
      queue = queue.then(() => pass(data, to, current)).then(() => void from.resume());
    });
    from.on('end', () => void queue.then(() => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      void queue.then(() => to.destroy());
    });
  }

  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const killConnections = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    get connections() {
      return sockets.size / 2;
    },
    set: (next) => {
      faults = next;
    },
    killConnections,
    async stop() {
      killConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function pass(data: Buffer, to: net.Socket, faults: Faults): Promise<void> {
  if (faults.latencyMs) await new Promise((resolve) => setTimeout(resolve, faults.latencyMs));
  const step = faults.splitBytes ?? data.length;
  for (let at = 0; at < data.length; at += step) {
    if (to.destroyed) return;
    if (!to.write(data.subarray(at, at + step))) await drained(to);
    if (faults.splitBytes) await new Promise((resume) => setImmediate(resume));
  }
}

function drained(socket: net.Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
