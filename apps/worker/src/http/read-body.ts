import type { IncomingMessage } from 'node:http';
import { RelayError } from '@ai-bridge/domain';

const empty = Buffer.alloc(0);

/**
 * Reads a request's body whole. Refuses an honest content-length before reading and a lying or absent one as soon as
 * the bytes exceed the bound.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const declared = request.headers['content-length'];
  if (declared !== undefined && Number(declared) > maxBytes) return Promise.reject(tooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    let first: Buffer = empty;
    let more: Buffer[] | undefined;
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        request.removeAllListeners('data');
        request.pause();
        reject(tooLarge(maxBytes));
      } else if (bytes === chunk.length) first = chunk;
      else if (more) more.push(chunk);
      else more = [first, chunk];
    });
    request.on('end', () => resolve(more ? Buffer.concat(more, bytes) : first));
    request.on('error', reject);
    request.on('close', () => {
      if (!request.complete) reject(new ClientGoneError());
    });
  });
}

/** The client hung up before its request was whole: there is nobody to answer. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

function tooLarge(maxBytes: number): RelayError {
  return new RelayError('request_too_large', { limit: `${Math.floor(maxBytes / 1024 / 1024)} MiB` });
}
