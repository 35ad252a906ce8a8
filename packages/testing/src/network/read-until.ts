import type net from 'node:net';

/** The first bytes off a connection, as many as `wanted` says once it can; the rest stays there. Rejects when it ends before. */
export function readUntil(socket: net.Socket, wanted: (received: Buffer) => number | undefined): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const onReadable = () => {
      for (let part = socket.read() as Buffer | null; part; part = socket.read() as Buffer | null)
        received = Buffer.concat([received, part]);
      const length = wanted(received);
      if (length === undefined || received.length < length) return;
      socket.off('readable', onReadable).off('close', onClose);
      if (received.length > length) socket.unshift(received.subarray(length));
      resolve(received.subarray(0, length));
    };
    const onClose = () => reject(new Error('the connection ended'));
    socket.on('readable', onReadable).on('close', onClose);
  });
}
