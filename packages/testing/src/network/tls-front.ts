import net from 'node:net';
import tls from 'node:tls';
import type { Certificate } from './certificate.ts';

/** TLS before a plain server on loopback. */
export interface TlsFront {
  readonly port: number;
  stop(): Promise<void>;
}

export async function startTlsFront(target: { readonly port: number }, certificate: Certificate): Promise<TlsFront> {
  const sockets = new Set<net.Socket>();
  const server = tls.createServer({ ...certificate }, (client) => {
    const plain = net.connect({ host: '127.0.0.1', port: target.port, noDelay: true });
    for (const socket of [client, plain]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    client.pipe(plain).pipe(client);
    client.on('close', () => plain.destroy());
    plain.on('close', () => client.destroySoon());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as net.AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
