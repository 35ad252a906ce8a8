import { once } from 'node:events';
import type { Socket } from 'node:net';
import { isChunked } from './upstream-request.ts';

/**
 * Sends a body as it comes, at the pace that the other end takes it in.
 * @param headers of the request: without a length in them the body goes out in chunks
 * @throws what the body ends in; an error where the connection closes before its end
 */
export async function writeStream(
  socket: Socket,
  body: AsyncIterable<Uint8Array>,
  headers: readonly string[],
): Promise<void> {
  const chunked = isChunked(headers);
  const closed = new AbortController();
  const onClose = () => closed.abort(new Error('the connection closed before all of the body was sent'));
  socket.once('close', onClose);
  try {
    for await (const piece of body) {
      closed.signal.throwIfAborted();
      if (piece.length === 0) continue;
      if (!writePiece(socket, piece, chunked)) await once(socket, 'drain', { signal: closed.signal });
    }
    if (chunked) socket.write('0\r\n\r\n', 'latin1');
  } finally {
    socket.off('close', onClose);
  }
}

function writePiece(socket: Socket, piece: Uint8Array, chunked: boolean): boolean {
  if (!chunked) return socket.write(piece);
  socket.cork();
  socket.write(`${piece.length.toString(16)}\r\n`, 'latin1');
  socket.write(piece);
  const hasRoom = socket.write('\r\n', 'latin1');
  socket.uncork();
  return hasRoom;
}
