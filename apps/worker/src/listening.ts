import type { AddressInfo, Server } from 'node:net';

/** Pending connections that the kernel keeps while the process is busy. */
const backlog = 4_096;

/** Starts listening. Rejects with one clear line where the port is taken or forbidden. */
export function startListening(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? 'is in use'
          : error.code === 'EACCES'
            ? 'is not allowed'
            : `failed (${error.code})`;
      reject(new Error(`The worker cannot start: port ${port} on ${host} ${reason}. Set WORKER_PORT to another one.`));
    });
    server.listen({ port, host, backlog }, () => resolve(server.address() as AddressInfo));
  });
}
