import { RelayError } from '@ai-bridge/domain';
import type { Dispatcher } from 'undici';

/**
 * An upstream's answer, whole.
 * @throws RelayError overloaded where it is longer than anybody has reason to send
 */
export async function readBounded({ body }: Dispatcher.ResponseData, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += (part as Buffer).length;
    if (bytes > maxBytes) throw new RelayError('overloaded');
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}
