import type { Socket } from 'node:net';
import { EgressError } from './egress-error.ts';

/** No proxy has this much to say before a tunnel is open. */
const maxReplyBytes = 16 * 1024;

/**
 * Sends bytes to a proxy and waits for its reply. What comes behind the reply stays in the socket.
 *
 * @param replyBytes how long the reply is that begins with these bytes; undefined while that cannot be known. May throw
 * @throws EgressError where the proxy hangs up or says too much
 */
export function exchange(
  socket: Socket,
  request: Buffer,
  replyBytes: (received: Buffer) => number | undefined,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const settle = (end: () => void) => {
      socket.off('readable', onReadable).off('end', onGone).off('close', onGone);
      end();
    };
    const onGone = () => settle(() => reject(goneError(socket)));
    const onReadable = () => {
      for (let part = socket.read() as Buffer | null; part; part = socket.read() as Buffer | null) {
        received = Buffer.concat([received, part]);
      }
      try {
        const length = replyBytes(received);
        if (length !== undefined && received.length >= length) return settle(() => finish(length));
        if (received.length > maxReplyBytes) throw new EgressError('refused', 'the proxy says too much');
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const finish = (length: number) => {
      if (received.length > length) socket.unshift(received.subarray(length));
      resolve(received.subarray(0, length));
    };
    if (socket.destroyed) return reject(goneError(socket));
    socket.on('readable', onReadable).on('end', onGone).on('close', onGone);
    socket.write(request);
  });
}

function goneError({ errored }: Socket): EgressError {
  if (errored instanceof EgressError) return errored;
  const code = (errored as NodeJS.ErrnoException | null)?.code;
  return new EgressError('refused', `the proxy hung up${code ? ` (${code})` : ''}`);
}
